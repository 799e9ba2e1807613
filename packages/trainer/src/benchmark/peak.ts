import { availableParallelism } from 'node:os';
import { loadPeakModule, threadFile } from '@convbook/core/node';
import { createPool } from '../engine/pool.ts';
import { withForeignCores } from './foreign-cores.ts';
import type { PeakTask } from './peak-worker.ts';

/** More cores than others may use while a peak is measured; the system counts in hundredths of a second. */
const mostForeignCores = 0.15;

/** How the peak is measured. */
interface PeakSettings {
  readonly threads: number;
  readonly seconds: number;
  /** Whether V8 joins vectors of the kernels that train, and so of this one. */
  readonly isWide: boolean;
}

/**
 * The best that WebAssembly reaches here, in 10⁹ floating-point operations a second: a packed GEMM
 * micro-kernel in `threads` at once, or as many as there are cores, their speeds added up. Null where other
 * processes kept the machine busy: then it is no limit, and steps can pass it.
 */
export async function measurePeak(settings: PeakSettings): Promise<number | null> {
  const { value, foreignCores } = await withForeignCores(async () => {
    const before = process.cpuUsage();
    const speed = await measureSpeed(settings);
    const { user, system } = process.cpuUsage(before);
    return { value: speed, ownSeconds: (user + system) / 1e6 };
  });
  return quietPeak(value, foreignCores);
}

/** The speed if it was measured on a quiet machine. */
export function quietPeak(gigaflops: number, foreignCores: number): number | null {
  return foreignCores > mostForeignCores ? null : gigaflops;
}

async function measureSpeed({ threads: wanted, seconds, isWide }: PeakSettings): Promise<number> {
  const threads = Math.min(wanted, availableParallelism());
  const module = await loadPeakModule(isWide);
  const pool = createPool(threadFile('@convbook/trainer/peak-worker', import.meta.url), threads);
  const arrived = new Int32Array(new SharedArrayBuffer(4));
  const task: PeakTask = { module, isWide, seconds, threads, arrived };
  const speeds = await Promise.all(
    Array.from({ length: threads }, () => pool.run(task) as Promise<number>),
  );
  await pool.destroy();
  return speeds.reduce((sum, speed) => sum + speed, 0);
}
