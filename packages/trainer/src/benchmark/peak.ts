import { availableParallelism } from 'node:os';
import { loadKernelModule } from '@convbook/core/node';
import { createPool } from '../engine/pool.ts';
import type { PeakTask } from './peak-worker.ts';

/**
 * The best that WebAssembly reaches here, in 10⁹ floating-point operations a second: a packed GEMM
 * micro-kernel in `wanted` threads at once, or as many as there are cores, their speeds added up.
 */
export async function measurePeak(wanted: number, seconds: number): Promise<number> {
  const threads = Math.min(wanted, availableParallelism());
  const pool = createPool(new URL('./peak-worker.ts', import.meta.url), threads);
  const module = await loadKernelModule('peak');
  const arrived = new Int32Array(new SharedArrayBuffer(4));
  const task: PeakTask = { module, seconds, threads, arrived };
  const speeds = await Promise.all(
    Array.from({ length: threads }, () => pool.run(task) as Promise<number>),
  );
  await pool.destroy();
  return speeds.reduce((sum, speed) => sum + speed, 0);
}
