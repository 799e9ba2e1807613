// Single kernels over a memory of their own, for tests.
import { readFile } from 'node:fs/promises';
import { toAddress, type Address } from '../address.ts';
import { compileWide } from '../compile-wide.ts';
import { kernelFile } from '../kernel-build.ts';
import type { KernelBuild } from '../kernels.ts';
import type { Kernels } from '../kernel-signatures.ts';
import { createKernels, createMemory } from '../kernels.ts';
import { loadKernelModule } from '../load-kernel-module.ts';
import { whyNarrow } from '../wide-node.mjs';

type Numbers = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

export interface KernelBench {
  readonly kernels: Kernels;
  /** Copies values to a fresh place, aligned to 64 bytes, and returns its address. */
  put(values: Numbers): Address;
  /** Copies of what the memory holds. */
  floats(address: number, count: number): Float32Array;
  doubles(address: number, count: number): Float64Array;
  integers(address: number, count: number): Int32Array;
}

/** An empty memory of `sizeBytes` with the kernels of a build over it. */
export async function createKernelBench(
  build: KernelBuild,
  sizeBytes = 65536,
): Promise<KernelBench> {
  const memory = createMemory(build, sizeBytes);
  const kernels = createKernels(await moduleOf(build), memory);
  let top = toAddress(64);
  return {
    kernels,
    put(values) {
      const address = top;
      top = toAddress(Math.ceil((top + values.byteLength) / 64) * 64);
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      new Uint8Array(memory.buffer).set(bytes, address);
      return address;
    },
    floats: (address, count) => new Float32Array(memory.buffer, address, count).slice(),
    doubles: (address, count) => new Float64Array(memory.buffer, address, count).slice(),
    integers: (address, count) => new Int32Array(memory.buffer, address, count).slice(),
  };
}

/** The wide build as training compiles it here: V8 joins vectors where it can. */
async function moduleOf(build: KernelBuild): Promise<WebAssembly.Module> {
  if (build !== 'wide' || whyNarrow() !== null) return loadKernelModule(build);
  return compileWide(await readFile(await kernelFile(build)));
}
