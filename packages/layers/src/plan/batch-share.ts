// The shards of a batch that a rank has, where ranks share them, and how ranks come to the gradients that
// are made from the whole batch: from the rows of all shards, or from sums over the sections that each has.
import { lowest } from '@convbook/core';
import { shardStartsOf, type Section } from '../calls/sections.ts';
import type { Shard } from '../calls/shards.ts';
import { runningTotals, startsOf } from '../calls/starts-of.ts';

/** One of several processes that share a batch. */
export interface Ranks {
  /** From 0. */
  readonly rank: number;
  readonly ranks: number;
}

/** The only rank of a training without others. */
export const onlyRank: Ranks = { rank: 0, ranks: 1 };

/** The part of a batch that a rank has. */
export interface BatchShare {
  /** Rank r has the shards from `shardStarts[r]` to `shardStarts[r + 1]`. */
  readonly shardStarts: readonly number[];
  /** This rank's shards. */
  readonly firstShard: number;
  readonly ownShards: number;
  /** Rank r has the sections from `sectionStarts[r]` to `sectionStarts[r + 1]`; null where the rows of all shards cross. */
  readonly sectionStarts: readonly number[] | null;
}

/** The bytes that decide what crosses. */
export interface WholeBatchSizes {
  /** Of the rows that all shards keep. */
  readonly rowsBytes: number;
  /** Of the gradients that are made from them. */
  readonly gradientBytes: number;
}

/** Cuts a batch between shards, as near as can be to equal parts: shards are not all of one size. */
function evenStartsOf(shards: readonly Shard[], ranks: number): number[] {
  const before = runningTotals(shards.map(({ lanes }) => lanes));
  const total = before[shards.length];
  return Array.from({ length: ranks + 1 }, (_, r) => {
    const distances = before.map((lanes) => Math.abs(lanes * ranks - total * r));
    return distances.indexOf(lowest(distances));
  });
}

/** Shares a batch out, the same way on all ranks. */
export function shareBatch(
  shards: readonly Shard[],
  sections: readonly Section[],
  sizes: WholeBatchSizes,
  { rank, ranks }: Ranks,
): BatchShare {
  const bySections = sharesSections(sections.length, sizes, ranks);
  const shardStarts = bySections ? shardStartsOf(sections, ranks) : evenStartsOf(shards, ranks);
  const firstShard = shardStarts[rank];
  return {
    shardStarts,
    firstShard,
    ownShards: shardStarts[rank + 1] - firstShard,
    sectionStarts: bySections ? startsOf(sections.length, ranks) : null,
  };
}

// A rank receives the rows of the others, or its range of their sums and then the other ranges.
function sharesSections(
  sections: number,
  { rowsBytes, gradientBytes }: WholeBatchSizes,
  ranks: number,
): boolean {
  return ranks > 1 && sections >= ranks && 2 * gradientBytes < rowsBytes;
}
