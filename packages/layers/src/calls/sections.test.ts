import { describe, expect, test } from 'vitest';
import { sectionsOf, shardStartsOf } from './sections.ts';
import { cutIntoShards, defaultShardSize } from './shards.ts';
import { startsOf } from './starts-of.ts';

const sizes = [1, 3, 8, 100, 127, 128, 129, 200, 256, 300, 512, 1000, 8192];
const shardSizes = [4, 8, 16, 24, 32, 100];
const batches = sizes.flatMap((batch) => shardSizes.map((shardSize) => ({ batch, shardSize })));

describe.each(batches)('sections of a batch of $batch in shards of $shardSize', (sizes) => {
  const shards = cutIntoShards(sizes.batch, sizes.shardSize);
  const sections = sectionsOf(shards);

  test('have every shard once, in order', () => {
    const own = sections.flatMap(({ firstShard, endShard }) => shards.slice(firstShard, endShard));
    expect(own).toEqual(shards);
  });

  test('have the samples and lanes of their shards, at most 128', () => {
    for (const { firstShard, endShard, first, count, lanes } of sections) {
      const own = shards.slice(firstShard, endShard);
      expect(first).toBe(own[0].first);
      expect(count).toBe(own.reduce((sum, shard) => sum + shard.count, 0));
      expect(lanes).toBe(own.reduce((sum, shard) => sum + shard.lanes, 0));
      expect(count).toBeLessThanOrEqual(128);
    }
  });

  test('are one power of two of shards, but for the last, and as few as can be', () => {
    const counts = sections.map(({ firstShard, endShard }) => endShard - firstShard);
    const [size] = counts;
    expect(new Set(counts.slice(0, -1)).size).toBeLessThanOrEqual(1);
    expect(counts[counts.length - 1]).toBeLessThanOrEqual(size);
    if (sections.length === 1) return;
    expect(Math.log2(size) % 1).toBe(0);
    const pairs = sections.slice(1).map(({ count }, i) => count + sections[i].count);
    expect(pairs.filter((_, i) => i % 2 === 0).some((count) => count > 128)).toBe(true);
  });

  test('are one where the batch has at most 128 samples', () => {
    expect(sections.length === 1).toBe(sizes.batch <= 128);
  });
});

test.each([
  [128, 1],
  [256, 2],
  [300, 4],
  [512, 4],
  [1000, 8],
  [8192, 64],
])('a batch of %i in shards of the default size has %i', (batch, count) => {
  expect(sectionsOf(cutIntoShards(batch, defaultShardSize(batch)))).toHaveLength(count);
});

test('a shard of more than 128 samples is a section', () => {
  const sections = sectionsOf(cutIntoShards(600, 200));
  expect(sections.map(({ count }) => count)).toEqual([152, 152, 152, 144]);
});

test('ranks that share sections out have whole ones', () => {
  const sections = sectionsOf(cutIntoShards(300, 8));
  expect(sections.map(({ firstShard, endShard }) => [firstShard, endShard])).toEqual([
    [0, 16],
    [16, 32],
    [32, 38],
  ]);
  expect(startsOf(sections.length, 2)).toEqual([0, 1, 3]);
  expect(shardStartsOf(sections, 2)).toEqual([0, 16, 38]);
  expect(shardStartsOf(sections, 4)).toEqual([0, 0, 16, 32, 38]);
});
