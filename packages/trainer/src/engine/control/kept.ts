// What whole-batch gradients are made from: the rows that the shards of this rank have kept, and the groups of rows
// that have come from all ranks. Whoever finds no more shards begins with the gradients that have theirs.
import { waitForChange } from './wait.ts';
import { GROUPS_THERE, KEPT } from './words.ts';

export interface Kept {
  /** A shard has kept its part; `shards` are those of this rank. */
  add(shards: number): void;
  /** Whether all shards have. */
  hasAll(shards: number): boolean;
  /** Waits until all shards have. */
  waitForAll(shards: number, looks: number): void;
  /** A group of rows lies where gradients are made from it. */
  addGroup(group: number): void;
  hasGroup(group: number): boolean;
  waitForGroup(group: number, looks: number): void;
  /** None has, in the next batch. */
  reset(): void;
}

export function createKept(words: Int32Array): Kept {
  const groups = () => Atomics.load(words, GROUPS_THERE);
  const isIn = (there: number, group: number) => (there & (1 << group)) !== 0;
  return {
    add(shards) {
      // Atomic, after the shard's rows are written: whoever reads the count may read them.
      if (Atomics.add(words, KEPT, 1) + 1 === shards) Atomics.notify(words, KEPT);
    },
    hasAll: (shards) => Atomics.load(words, KEPT) >= shards,
    waitForAll(shards, looks) {
      for (let count = 0; count < shards;) count = waitForChange(words, KEPT, count, looks);
    },
    addGroup(group) {
      // Atomic, as above.
      Atomics.or(words, GROUPS_THERE, 1 << group);
      Atomics.notify(words, GROUPS_THERE);
    },
    hasGroup: (group) => isIn(groups(), group),
    waitForGroup(group, looks) {
      for (let there = groups(); !isIn(there, group);) {
        there = waitForChange(words, GROUPS_THERE, there, looks);
      }
    },
    reset() {
      words[KEPT] = 0;
      words[GROUPS_THERE] = 0;
    },
  };
}
