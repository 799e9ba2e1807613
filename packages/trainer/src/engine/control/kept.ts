// Counts shards that have kept what whole-batch gradients are made from. Once all have, whoever finds
// no more shards begins with these gradients.
import { waitForChange } from './wait.ts';
import { KEPT } from './words.ts';

export interface Kept {
  /** A shard has kept its part; `shards` are those of this rank. */
  add(shards: number): void;
  /** Waits until all shards have. */
  waitFor(shards: number, looks: number): void;
  /** None has, in the next batch. */
  reset(): void;
}

export function createKept(words: Int32Array): Kept {
  return {
    add(shards) {
      // Atomic, after the shard's rows are written: whoever reads the count may read them.
      if (Atomics.add(words, KEPT, 1) + 1 === shards) Atomics.notify(words, KEPT);
    },
    waitFor(shards, looks) {
      for (let count = 0; count < shards;) count = waitForChange(words, KEPT, count, looks);
    },
    reset: () => void (words[KEPT] = 0),
  };
}
