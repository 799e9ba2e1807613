/** Consecutive samples of a batch. Lanes are samples padded to whole vectors of four. */
export interface Shard {
  readonly index: number;
  readonly first: number;
  readonly count: number;
  readonly lanes: number;
}

const vectorLanes = 4;

/**
 * Cuts a batch into shards of at most `shardSize` samples: the smallest power of two that does, so
 * that the tree of sums is even and 2, 4 or 8 workers share it evenly. Sizes are multiples of four
 * but for the last.
 */
export function cutIntoShards(batchSize: number, shardSize: number): Shard[] {
  const vectors = Math.ceil(batchSize / vectorLanes);
  const most = Math.max(1, Math.floor(shardSize / vectorLanes));
  let shardCount = 1;
  while (Math.ceil(vectors / shardCount) > most) shardCount *= 2;
  const shards: Shard[] = [];
  let first = 0;
  for (let index = 0; index < shardCount && first < batchSize; index++) {
    const share = Math.floor(vectors / shardCount) + (index < vectors % shardCount ? 1 : 0);
    const count = Math.min(share * vectorLanes, batchSize - first);
    shards.push({ index, first, count, lanes: share * vectorLanes });
    first += count;
  }
  return shards;
}

/**
 * An eighth of the batch, at least 8 samples and at most 32. With 12, 16, 28 and 52 samples a shard of
 * simple-convnet, 16 was the fastest in each of three interleaved rounds (batch 100, two workers):
 * the memory that a worker touches stays in its cache.
 */
export function defaultShardSize(batchSize: number): number {
  const eighth = Math.ceil(batchSize / 8 / vectorLanes) * vectorLanes;
  return Math.min(32, Math.max(8, eighth));
}
