import { availableParallelism } from 'node:os';
import { checkMachineSettings } from '@convbook/run/settings';

/** Worker threads: default the cores there are; 0 trains on the calling thread. */
export function toWorkers(workers: number | undefined): number {
  const count = workers ?? availableParallelism();
  checkMachineSettings({ workers: count });
  return count;
}

/**
 * Threads a core runs. More only wait for each other, and each takes time to start: with 2, 16, 64 and
 * 256 of them on two cores, 600 samples of mnist-best and the notebook took 9, 11, 20 and 41 seconds of
 * processor time (`pnpm train --limit 600 --epochs 1 --model mnist-best --workers N`).
 */
const threadsPerCore = 8;

/** How many of the workers that were asked for run. */
export function usefulWorkers(asked: number, cores = availableParallelism()): number {
  return Math.min(asked, threadsPerCore * cores);
}
