// Workers of different speeds that share the shards of a batch: whoever is free takes the next.
import { highest, lowest } from '@convbook/core';

/** A shard at a worker, in units of time: an image at speed 1. */
interface Span {
  readonly shard: number;
  readonly worker: number;
  readonly from: number;
  readonly to: number;
}

export interface Race {
  readonly spans: readonly Span[];
  /** When the last shard is done. */
  readonly end: number;
  /** Shards in the order in which they are done; of two at once, the lower worker's first. */
  readonly arrivals: readonly number[];
  /** Time that each worker waits for the last shard. */
  readonly waits: readonly number[];
}

/** @param speeds Images a unit of time, one entry a worker. */
export function race(counts: readonly number[], speeds: readonly number[]): Race {
  const free = speeds.map(() => 0);
  const spans = counts.map((count, shard): Span => {
    const from = lowest(free);
    const worker = free.indexOf(from);
    free[worker] = from + count / speeds[worker];
    return { shard, worker, from, to: free[worker] };
  });
  const end = highest(free);
  const arrivals = spans.toSorted((a, b) => a.to - b.to || a.worker - b.worker);
  return {
    spans,
    end,
    arrivals: arrivals.map(({ shard }) => shard),
    waits: free.map((time) => end - time),
  };
}
