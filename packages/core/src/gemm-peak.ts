import { addressAfter, toAddress, type Address } from './address.ts';
import { createMemory } from './kernels.ts';

// Both panels, 12 or 20 KiB, stay in a first-level cache.
const [depth, rows] = [256, 4];

/** A packed GEMM micro-kernel: it measures the highest rate of multiply-adds of WebAssembly here. */
export interface GemmPeak {
  /** Runs `times` small products. */
  run(times: number): void;
  /** Floating-point operations of one product; a multiply-add counts as two. */
  readonly flops: number;
}

type GemmKernel = (a: Address, b: Address, c: Address, depth: number, times: number) => void;

/** Creates one for the calling thread, with its own memory; `module` is that of `loadPeakModule(isWide)`. */
export function createGemmPeak(module: WebAssembly.Module, isWide: boolean): GemmPeak {
  const columns = isWide ? 16 : 8;
  const memory = createMemory('peak', 65536);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const gemm = exports[isWide ? 'gemmPeakWide' : 'gemmPeak'] as GemmKernel;
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
