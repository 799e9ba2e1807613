/** Consecutive samples of a batch. Lanes are samples padded to whole units: one vector or two. */
export interface Shard {
  readonly index: number;
  readonly first: number;
  readonly count: number;
  readonly lanes: number;
}

/** Two vectors, which wide kernels take at once. */
const wideUnit = 8;
/** One vector: fewer samples than this are padded to it. */
const narrowUnit = 4;

/**
 * Cuts a batch into shards of at most `shardSize` samples: the smallest power of two that does, so
 * that the tree of sums is even. Sizes are multiples of eight but for the last, or of four where a shard or
 * the batch has no eight samples; no shard has more than eight samples more than another.
 */
export function cutIntoShards(batchSize: number, shardSize: number): Shard[] {
  const hasUnits = batchSize > narrowUnit && shardSize >= wideUnit;
  const unit = hasUnits ? wideUnit : narrowUnit;
  const units = Math.ceil(batchSize / unit);
  const most = Math.max(1, Math.floor(shardSize / unit));
  let shardCount = 1;
  while (Math.ceil(units / shardCount) > most) shardCount *= 2;
  const shards: Shard[] = [];
  let first = 0;
  for (let index = 0; index < shardCount && first < batchSize; index++) {
    const share = Math.floor(units / shardCount) + (index < units % shardCount ? 1 : 0);
    const count = Math.min(share * unit, batchSize - first);
    shards.push({ index, first, count, lanes: share * unit });
    first += count;
  }
  return shards;
}

/** All of `samples` in one shard. */
export function oneShard(samples: number): Shard {
  const unit = samples > narrowUnit ? wideUnit : narrowUnit;
  return { index: 0, first: 0, count: samples, lanes: Math.ceil(samples / unit) * unit };
}

/**
 * An eighth of the batch, at least 8 samples and at most 32. With 12, 16, 28 and 52 samples a shard of
 * simple-convnet, 16 was the fastest in each of three interleaved rounds (batch 100, two workers):
 * the memory that a worker touches stays in its cache. Where weights outweigh maps a quarter: batched-cnn took
 * 0.91, 0.93 and 0.95 of the time in shards of 32, because each shard reads all weights.
 */
export function defaultShardSize(batchSize: number, weightsOutweighMaps = false): number {
  const shards = weightsOutweighMaps ? 4 : 8;
  const part = Math.ceil(batchSize / shards / wideUnit) * wideUnit;
  return Math.min(32, Math.max(8, part));
}
