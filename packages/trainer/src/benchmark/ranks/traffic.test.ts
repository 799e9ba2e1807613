import { describe, expect, it } from 'vitest';
import { tinyState } from '../../testing/tiny.ts';
import { cutBatch } from './cut-batch.ts';
import { crossingsOf, shareOut, sizesOf } from './traffic.ts';

const sizes = {
  wholeBytes: 4096,
  wholeItems: [],
  shardedBytes: 98_304,
  rowBytes: [24, 16],
  sumBytes: [24, 48],
};

const received = (samples: number, ranks: number) =>
  crossingsOf(sizes, cutBatch(samples, 16), ranks).map(({ what, received: bytes }) => ({
    what,
    bytes,
  }));

describe('what crosses', () => {
  it('is counted from a plan', async () => {
    const { plan } = await tinyState({ batchSize: 8 });
    // conv1 has 3 × 9 weights and 3 biases, made shard by shard; dense1 and dense2 keep what they read and give.
    const { wholeBytes, shardedBytes, rowBytes, sumBytes } = sizesOf(plan);
    expect(wholeBytes + shardedBytes).toBe(plan.layout.sizeBytes);
    expect(shardedBytes).toBeGreaterThanOrEqual(4 * (27 + 3));
    const outputs = 3 * 3 * 2;
    // The last layer goes backward first.
    expect(rowBytes).toEqual([4 * (4 + 3), 4 * (outputs + 4)]);
    expect(sumBytes).toEqual([]);
  });

  it('is nothing for one rank', () => {
    expect(crossingsOf(sizes, cutBatch(100, 16), 1)).toEqual([]);
  });

  it('is, by rows, what others have', () => {
    expect(received(128, 4)).toEqual([
      { what: 'sums', bytes: 24 * 6 },
      { what: 'sums', bytes: 48 * 6 },
      { what: 'results', bytes: 8 * 6 },
      { what: 'results', bytes: 4 * 6 },
      { what: 'rows', bytes: 128 * 24 * 0.75 },
      { what: 'rows', bytes: 128 * 16 * 0.75 },
      // Each rank has a quarter of the parameters, of which three others have a node.
      { what: 'nodes', bytes: 24_576 * 3 },
      { what: 'ranges', bytes: 98_304 * 0.75 },
      { what: 'pause', bytes: 4 * 3 },
    ]);
  });

  it('is, by sections, the gradients twice, whatever the batch', () => {
    for (const samples of [512, 2048]) {
      const ways = received(samples, 4).filter(({ what }) => what === 'nodes' || what === 'ranges');
      expect(ways.map(({ bytes }) => bytes)).toEqual([
        1024 * 3,
        4096 * 0.75,
        24_576 * 3,
        98_304 * 0.75,
      ]);
    }
  });

  it('is more than a node of each other rank where these are no powers of two', () => {
    const nodes = received(128, 3).filter(({ what }) => what === 'nodes');
    // Shards 0–2, 3–4 and 5–7 are two nodes each.
    expect(nodes.map(({ bytes }) => bytes)).toEqual([32_768 * 2, 32_768 * 2]);
  });

  it('is all nodes of small sums', () => {
    const small = crossingsOf({ ...sizes, shardedBytes: 768 }, cutBatch(128, 16), 4);
    const nodes = small.filter(({ what }) => what === 'nodes' || what === 'ranges');
    expect(nodes.map(({ received: bytes }) => bytes)).toEqual([768 * 3]);
  });

  it('goes the way of fewer bytes, where every rank has a section', () => {
    const ways = ([samples, ranks]: readonly [number, number]) =>
      shareOut(sizes, cutBatch(samples, 16), ranks).way;
    expect(
      (
        [
          [128, 1],
          [128, 2],
          [1024, 8],
          [1024, 9],
        ] as const
      ).map(ways),
    ).toEqual(['alone', 'rows', 'sections', 'rows']);
  });

  it('leaves sections whole', () => {
    const startsWith = (wholeBytes: number) =>
      shareOut({ ...sizes, wholeBytes }, cutBatch(1024, 16), 3).shardStarts;
    expect(startsWith(40_960)).toEqual([0, 21, 43, 64]);
    expect(startsWith(4096)).toEqual([0, 16, 40, 64]);
  });
});
