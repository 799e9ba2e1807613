import { describe, expect, test } from 'vitest';
import { cutIntoShards, defaultShardSize } from './shards.ts';

const batches = [1, 2, 3, 4, 5, 7, 8, 100, 101, 128, 1000];
const sizes = [4, 5, 7, 8, 12, 28, 32, 100, 101, 1024];
const pairs = batches.flatMap((batchSize) => sizes.map((shardSize) => ({ batchSize, shardSize })));

describe.each(pairs)('a batch of $batchSize in shards of at most $shardSize', (pair) => {
  const { batchSize, shardSize } = pair;
  const shards = cutIntoShards(batchSize, shardSize);

  test('covers every sample once, in order', () => {
    const samples = shards.flatMap(({ first, count }) =>
      Array.from({ length: count }, (_, n) => first + n),
    );
    expect(samples).toEqual(Array.from({ length: batchSize }, (_, n) => n));
    expect(shards.map(({ index }) => index)).toEqual(shards.map((_, index) => index));
  });

  test('has no shard beyond the size, none empty, whole vectors but for the last', () => {
    for (const [index, { count, lanes }] of shards.entries()) {
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(shardSize);
      expect(lanes % 4).toBe(0);
      expect(lanes - count).toBeLessThan(index === shards.length - 1 ? 4 : 1);
      expect(lanes).toBeGreaterThanOrEqual(count);
    }
  });

  test('is even: no shard has more than one vector more than another', () => {
    const vectors = shards.map(({ lanes }) => lanes / 4);
    expect(Math.max(...vectors) - Math.min(...vectors)).toBeLessThanOrEqual(1);
  });
});

test.each([
  [100, 28, [28, 24, 24, 24]],
  // Whole vectors: at most 24, which four shards would exceed.
  [100, 25, [16, 12, 12, 12, 12, 12, 12, 12]],
  [101, 32, [28, 28, 24, 21]],
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
  [65, 12],
  [100, 16],
  [128, 16],
  [129, 20],
  [1000, 32],
])('the default for a batch of %i is %i', (batchSize, want) => {
  expect(defaultShardSize(batchSize)).toBe(want);
});
