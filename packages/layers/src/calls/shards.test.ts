import { describe, expect, test } from 'vitest';
import { cutIntoShards, defaultShardSize, oneShard } from './shards.ts';

const batches = [1, 2, 3, 4, 5, 7, 8, 100, 101, 128, 1000];
const sizes = [4, 5, 7, 8, 12, 28, 32, 100, 101, 1024];
const pairs = batches.flatMap((batchSize) => sizes.map((shardSize) => ({ batchSize, shardSize })));

describe.each(pairs)('a batch of $batchSize in shards of at most $shardSize', (pair) => {
  const { batchSize, shardSize } = pair;
  const shards = cutIntoShards(batchSize, shardSize);
  const unit = batchSize > 4 && shardSize >= 8 ? 8 : 4;

  test('covers every sample once, in order', () => {
    const samples = shards.flatMap(({ first, count }) =>
      Array.from({ length: count }, (_, n) => first + n),
    );
    expect(samples).toEqual(Array.from({ length: batchSize }, (_, n) => n));
    expect(shards.map(({ index }) => index)).toEqual(shards.map((_, index) => index));
  });

  test('has no shard beyond the size, none empty, whole units but for the last', () => {
    for (const [index, { count, lanes }] of shards.entries()) {
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(shardSize);
      expect(lanes % unit).toBe(0);
      expect(lanes - count).toBeLessThan(index === shards.length - 1 ? unit : 1);
      expect(lanes).toBeGreaterThanOrEqual(count);
    }
  });

  test('is even: no shard has more than one unit more than another', () => {
    const units = shards.map(({ lanes }) => lanes / unit);
    expect(Math.max(...units) - Math.min(...units)).toBeLessThanOrEqual(1);
  });
});

test.each([
  [100, 32, [32, 24, 24, 20]],
  // Whole units: at most 24, which four shards would exceed.
  [100, 28, [16, 16, 16, 16, 16, 8, 8, 4]],
  [101, 32, [32, 24, 24, 21]],
  [32, 8, [8, 8, 8, 8]],
  [12, 12, [8, 4]],
  [7, 4, [4, 3]],
  [9, 4, [4, 4, 1]],
  [1, 32, [1]],
])('%i samples in shards of at most %i are %j', (batchSize, shardSize, want) => {
  expect(cutIntoShards(batchSize, shardSize).map(({ count }) => count)).toEqual(want);
});

test.each([
  [1, 8],
  [32, 8],
  [64, 8],
  [65, 16],
  [100, 16],
  [128, 16],
  [129, 24],
  [1000, 32],
])('the default for a batch of %i is %i', (batchSize, want) => {
  expect(defaultShardSize(batchSize)).toBe(want);
});

test.each([
  [1, 4],
  [4, 4],
  [5, 8],
  [100, 104],
])('%i samples in one shard have %i lanes', (samples, lanes) => {
  expect(oneShard(samples)).toEqual({ index: 0, first: 0, count: samples, lanes });
});
