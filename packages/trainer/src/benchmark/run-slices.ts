import type { Engine } from '../engine/engine.ts';
import type { SharedState } from '../engine/shared-state.ts';

/** Steps a slice has: long enough that starting a job is not seen. */
const sliceSteps = 20;

export interface Slices {
  /** Milliseconds a step of each slice took. */
  readonly times: readonly number[];
  readonly steps: number;
}

/** Trains for so many seconds, at least one slice. */
export async function runSlices(
  { plan }: SharedState,
  engine: Engine,
  seconds: number,
): Promise<Slices> {
  // The last batch may be short: it is left out.
  const batches = Math.max(1, plan.batchesPerEpoch - 1);
  const size = Math.min(sliceSteps, batches);
  const slices = Math.floor(batches / size);
  const times: number[] = [];
  const endAt = performance.now() + 1000 * seconds;
  for (let slice = 0; times.length === 0 || performance.now() < endAt; slice++) {
    const from = (slice % slices) * size;
    const startedAt = performance.now();
    await engine.train(from, from + size);
    times.push((performance.now() - startedAt) / size);
  }
  return { times, steps: times.length * size };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

export function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}
