// Rows cross in groups of layers while shards still go backward. The worker that keeps the last rows of a group
// starts its crossing: groups start one at a time and in order, the same on all ranks.
import { waitForChange } from './wait.ts';
import { GROUPS, GROUPS_STARTED } from './words.ts';

export interface Groups {
  /** A shard has kept the rows of a group; whether it is the last of this rank's `shards`. */
  add(group: number, shards: number): boolean;
  /** Waits until all groups before it have started, runs `start`, and lets the next one start. */
  startInOrder(group: number, start: () => void): void;
  /** How many have started. */
  started(): number;
  /** By the worker that ends the phase: no group of the next one has started. */
  reset(): void;
}

export function createGroups(words: Int32Array): Groups {
  const started = () => Atomics.load(words, GROUPS_STARTED);
  return {
    // Atomic, after the shard's rows are written: whoever counts the last may read those of all.
    add: (group, shards) => Atomics.add(words, GROUPS + group, 1) + 1 === shards,
    startInOrder(group, start) {
      for (let count = started(); count < group;) {
        count = waitForChange(words, GROUPS_STARTED, count, 0);
      }
      start();
      // After the start: two never ask the exchange at once.
      Atomics.store(words, GROUPS_STARTED, group + 1);
      Atomics.notify(words, GROUPS_STARTED);
    },
    started,
    reset: () => void words.fill(0, GROUPS_STARTED),
  };
}
