import { describe, expect, it } from 'vitest';
import { cutBatch } from './cut-batch.ts';
import { projectStep, type Cluster, type MeasuredStep } from './projection.ts';

const step: MeasuredStep = {
  parts: {
    lane: 1,
    backwardShare: 0.5,
    wholeSample: 0.25,
    parameters: 2,
    addition: 0.5,
    serial: 3,
  },
  sizes: { wholeBytes: 4096, wholeItems: [], shardedBytes: 128, rowBytes: [24, 16], sumBytes: [] },
};

const place = { region: 'gradients', offset: 0 } as const;

/** Seconds that a rank copies rows: a copy of 4096 bytes moves 2/3 of what their addition does. */
const copied = (bytes: number) => (bytes / 4096) * 0.5 * (2 / 3);

/** Nothing takes time on the way. */
const free = { latency: 0, bandwidth: Infinity };
const slow = { latency: 0.01, bandwidth: 1000 };
const alone: Cluster = { ranks: 1, workers: 1, cores: 1, network: free };

/** Eight shards of 16 samples, one section. */
const batch = cutBatch(128, 16);
/** Shards of 32, 24, 24 and 20 samples. */
const uneven = cutBatch(100, 32);
/** 64 shards of 16 samples, eight sections. */
const large = cutBatch(1024, 16);

describe('a projected step', () => {
  it('of one worker is the sum of its parts', () => {
    expect(projectStep(step, batch, alone)).toEqual({
      way: 'alone',
      compute: 128 + 0.25 * 128 + 2 + 3,
      exchange: 0,
      hidden: 0,
      total: 165,
    });
  });

  it.each([
    [2, (128 + 32 + 2) / 2],
    // Whoever has no more shards begins with gradients.
    [3, (128 + 32 + 2) / 3],
    [8, (128 + 32 + 2) / 8],
    // Sixteen workers share out parameters, eight have a shard, which is waited for.
    [32, 16 + 2 / 16],
  ])('of %i workers waits for the busiest', (workers, seconds) => {
    const cluster = { ...alone, workers, cores: workers };
    expect(projectStep(step, batch, cluster).compute).toBeCloseTo(seconds + 3, 9);
  });

  it.each([
    [2, 64],
    [4, 32],
    [8, 16],
    // Some have no shard, and get the rows of all.
    [16, 16 + copied(16 * 40)],
  ])('of %i ranks by rows makes all whole-batch gradients in each', (ranks, seconds) => {
    const { way, compute } = projectStep(step, batch, { ...alone, ranks });
    expect(way).toBe('rows');
    expect(compute).toBeCloseTo(seconds + 32 + 2 + copied(128 * 40) + 3, 9);
  });

  it('of ranks that share gradients makes fewer where there are more shards', () => {
    const item = { gradient: { place, rows: 1, rowStride: 0, columns: 16_384 } };
    const wholeItems = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].flatMap((parameter) =>
      Array.from({ length: 2 }, () => ({ parameter, ...item })),
    );
    const sizes = { ...step.sizes, wholeItems, wholeBytes: Infinity };
    const { compute } = projectStep({ ...step, sizes }, uneven, { ...alone, ranks: 2 });
    // Of 104 lanes one rank has 56, and makes 3/2 - 2 · 56 / 104 of the gradients.
    expect(compute).toBeCloseTo(56 + 0.25 * 100 * (1.5 - 112 / 104) + 2 + 3, 9);
  });

  it.each([
    // One of eight sections is added to seven others; each of two ranks adds three and half of the other's sum.
    [1, 'alone', 1024 + 256 + 2 + 3 + 7 * 0.5],
    [2, 'sections', 512 + 128 + 2 + 3 + 3.5 * 0.5],
    [8, 'sections', 128 + 32 + 2 + 3 + 0.875 * 0.5],
    // More ranks than sections.
    [16, 'rows', 64 + 256 + 2 + 3 + 7 * 0.5 + copied(1024 * 40)],
  ] as const)('of %i ranks and a large batch takes the way %s', (ranks, way, compute) => {
    const projected = projectStep(step, large, { ...alone, ranks });
    expect(projected.way).toBe(way);
    expect(projected.compute).toBeCloseTo(compute, 9);
  });

  it.each([1, 2, 4])('of %i ranks on one core takes as long as all work together', (ranks) => {
    const cluster = { ...alone, ranks, cores: 1 / ranks };
    const { compute } = projectStep(step, batch, cluster);
    const each = 32 + 2 + (ranks === 1 ? 0 : copied(128 * 40));
    expect(compute).toBeCloseTo(128 + ranks * each + 3, 9);
  });

  it('waits for what crosses: by hand for two ranks and rows', () => {
    const { exchange, hidden, compute, total } = projectStep(step, batch, {
      ...alone,
      ranks: 2,
      network: slow,
    });
    // Losses and answers of eight shards, 128 rows, two nodes of 128 bytes, two wishes: half of each.
    const bytes = (8 * 8 + 4 * 8 + 128 * 40 + 2 * 128 + 4 * 2) / 2;
    expect(exchange).toBeCloseTo(6 * 0.01 + bytes / 1000, 9);
    // The rows cross while the last shard goes backward.
    expect(hidden).toBeCloseTo(2 * 0.01 + (128 * 40) / 2 / 1000, 9);
    expect(total).toBe(compute + exchange - hidden);
  });

  it('hides no more than there is to compute, and nothing between ranks of one host', () => {
    const network = { latency: 0, bandwidth: 1 };
    const cluster = { ...alone, ranks: 2, network };
    expect(projectStep(step, batch, cluster).hidden).toBe(0.5 * 16);
    expect(projectStep(step, batch, { ...cluster, sharesHost: true }).hidden).toBe(0);
  });

  it.each([2, 3, 8, 64])('of %i ranks is never slower on a faster network', (ranks) => {
    const totals = [10, 1e3, 1e6, 1e9, Infinity].map((bandwidth) => {
      const network = { latency: 1e-3, bandwidth };
      return projectStep(step, large, { ...alone, ranks, network }).total;
    });
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    expect(totals[0]).toBeGreaterThan(totals[4]);
  });
});
