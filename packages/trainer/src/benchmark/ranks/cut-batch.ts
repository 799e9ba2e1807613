import { cutIntoShards, sectionsOf } from '@convbook/layers/plan';
import type { CutBatch } from './traffic.ts';

/** The shards of a batch, and its sections, as the plan has them. */
export function cutBatch(batchSize: number, shardSize: number): CutBatch {
  const shards = cutIntoShards(batchSize, shardSize);
  return { shards, sections: sectionsOf(shards) };
}
