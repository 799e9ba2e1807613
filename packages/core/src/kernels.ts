import { kernelParameters, type Kernels } from './kernel-signatures.ts';

/** The name of an export of `assembly/index.ts`. */
export type KernelName = keyof Kernels;

/** Every export of `assembly/index.ts`. */
export const kernelNames = Object.keys(kernelParameters) as readonly KernelName[];

/**
 * `shared`: for workers. `wide`: the same where V8 joins neighbouring vectors. `plain`: for a page opened from a
 * file, where shared memory is missing. `predict`: of the plain ones, those that prediction calls. `peak`: the GEMM
 * micro-kernel that measures WebAssembly's highest speed.
 */
export type KernelBuild = 'shared' | 'wide' | 'plain' | 'predict' | 'peak';

const pageBytes = 65536;
const maximumBytes = 65536 * pageBytes;

/** Instantiates the kernels over a memory; every instance over one memory sees the same data. */
export function createKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return instance.exports as unknown as Kernels;
}

/**
 * A memory of at least `sizeBytes`, zero.
 *
 * @throws RangeError when more than 4 GiB are asked for or the machine does not have them.
 */
export function createMemory(build: KernelBuild, sizeBytes: number): WebAssembly.Memory {
  if (sizeBytes > maximumBytes) {
    throw new RangeError(
      `memory: a WebAssembly memory holds at most ${maximumBytes} bytes, got ${sizeBytes}; ` +
        'take a smaller batchSize, shardSize, model or fewer workers',
    );
  }
  const pages = Math.max(1, Math.ceil(sizeBytes / pageBytes));
  return new WebAssembly.Memory(
    build === 'shared' || build === 'wide'
      ? { initial: pages, maximum: pages, shared: true }
      : { initial: pages },
  );
}
