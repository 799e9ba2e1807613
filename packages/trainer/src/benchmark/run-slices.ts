import type { Engine } from '../engine/engine.ts';
import type { SharedState } from '../engine/shared-state.ts';

/** Steps a slice has: long enough that starting a job is not seen. */
export const sliceSteps = 20;

export interface Slices {
  /** Milliseconds a step of each slice took. */
  readonly times: readonly number[];
  readonly steps: number;
}

/** Trains for so many seconds, at least one slice. */
export function runSlices(state: SharedState, engine: Engine, seconds: number): Promise<Slices> {
  const endAt = performance.now() + 1000 * seconds;
  return runUntil(state, engine, ({ length }) => length > 0 && performance.now() >= endAt);
}

/** Trains so many slices, whatever they take: ranks make the same steps. */
export function countSlices(state: SharedState, engine: Engine, count: number): Promise<Slices> {
  return runUntil(state, engine, ({ length }) => length >= count);
}

async function runUntil(
  { plan }: SharedState,
  engine: Engine,
  isOver: (times: readonly number[]) => boolean,
): Promise<Slices> {
  // The last batch may be short: it is left out.
  const batches = Math.max(1, plan.batchesPerEpoch - 1);
  const size = Math.min(sliceSteps, batches);
  const slices = Math.floor(batches / size);
  const times: number[] = [];
  for (let slice = 0; !isOver(times); slice++) {
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
