import { addressAfter, toAddress, type Address } from './address.ts';
import { createMemory } from './kernels.ts';

// Both panels, 12 KiB, stay in a first-level cache.
const [depth, rows, columns] = [256, 4, 8];

/** A packed GEMM micro-kernel: the most that WebAssembly multiplies and adds here. */
export interface GemmPeak {
  /** Runs `times` small products. */
  run(times: number): void;
  /** Floating-point operations of one of them; a multiply-add is two. */
  readonly flops: number;
}

type GemmKernel = (a: Address, b: Address, c: Address, depth: number, times: number) => void;

/** One for the calling thread, over a memory of its own; `module` is `loadKernelModule('peak')`. */
export function createGemmPeak(module: WebAssembly.Module): GemmPeak {
  const memory = createMemory('peak', 65536);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const gemm = exports.gemmPeak as GemmKernel;
  // Small enough that the sums stay finite however long it runs.
  new Float32Array(memory.buffer).fill(1e-6);
  const a = toAddress(64);
  const b = addressAfter(a, depth * rows * 4);
  const c = addressAfter(b, depth * columns * 4);
  return {
    run: (times) => gemm(a, b, c, depth, times),
    flops: 2 * depth * rows * columns,
  };
}
