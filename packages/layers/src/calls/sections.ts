// Gradients made from the whole batch are the tree of sums over sections of it, which ranks share out. The
// sections follow from the shards alone, so that they are the same for any number of ranks.
import type { Shard } from './shards.ts';
import { startsOf } from './starts-of.ts';

/** Consecutive shards of a batch. */
export interface Section {
  /** The shards from `firstShard` to `endShard`. */
  readonly firstShard: number;
  readonly endShard: number;
  /** The first sample. */
  readonly first: number;
  readonly count: number;
  /** Lanes of all its shards. */
  readonly lanes: number;
}

/**
 * Samples that a section has at most, unless a shard has more. Against a single section, batches of 512 took 1.01 and
 * 1.06 times the processor time of a step for simple-convnet (narrow and wide kernels), 1.01 and 1.02 for
 * batched-cnn; sections of 64, 32 and 16 make a dense layer's gradient 1.1, 1.2 and 1.4 times as long.
 */
export const sectionSize = 128;

/** The fewest sections of `sectionSize`: powers of two of neighbouring shards, but for the last. */
export function sectionsOf(shards: readonly Shard[]): Section[] {
  let sections = groupsOf(shards, 1);
  for (let size = 2; sections.length > 1; size *= 2) {
    const larger = groupsOf(shards, size);
    if (larger.some(({ count }) => count > sectionSize)) break;
    sections = larger;
  }
  return sections;
}

function groupsOf(shards: readonly Shard[], size: number): Section[] {
  return Array.from({ length: Math.ceil(shards.length / size) }, (_, i) => {
    const group = shards.slice(i * size, (i + 1) * size);
    return {
      firstShard: i * size,
      endShard: i * size + group.length,
      first: group[0].first,
      count: group.reduce((sum, { count }) => sum + count, 0),
      lanes: group.reduce((sum, { lanes }) => sum + lanes, 0),
    };
  });
}

/** Where the shards of each rank begin, where ranks have whole sections. */
export function shardStartsOf(sections: readonly Section[], ranks: number): number[] {
  const ends = [0, ...sections.map(({ endShard }) => endShard)];
  return startsOf(sections.length, ranks).map((section) => ends[section]);
}
