import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Control } from '../../figure/figure.ts';
import { bookCompute, viewText } from '../../testing/index.ts';
import { shardsOf, stepGradient } from './gradients.ts';
import { hashOf, sumsOf, workerCounts } from './hash-table.ts';
import { manyWorkersLesson } from './index.ts';
import { order } from './order-figure.ts';
import { race } from './race.ts';
import { workers, type State } from './race-figure.ts';
import { sha256 } from './sha256.ts';
import { tree } from './tree-figure.ts';

const compute = await bookCompute(manyWorkersLesson);

function press<State>(controls: readonly Control<State>[], label: string, state: State): State {
  const found = controls.find((one) => one.label.en === label);
  if (found?.kind === 'button') return found.act(state);
  throw new Error(`expected a button ${label}`);
}

describe('SHA-256 at once', () => {
  test.each([0, 1, 55, 56, 63, 64, 65, 3240])('of %i bytes is that of Node', (length) => {
    const bytes = Uint8Array.from({ length }, (_, k) => (k * 37) % 256);
    expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

describe('three numbers', () => {
  test('0.1, 0.2, 0.3: two results in float64, one in float32', () => {
    const text = viewText(order, order.start, compute);
    expect(text).toContain('(0.1 + 0.2) + 0.3 0.6000000000000001 3fe3333333333334');
    expect(text).toContain('(0.2 + 0.3) + 0.1 0.6 3fe3333333333333 0.6000000238418579 3f19999a');
    expect(text).toContain('Three orders give 2 results in float64 and one result in float32.');
  });

  test('two that cancel: float32 loses the 1', () => {
    const text = viewText(order, press(order.controls, 'Two that cancel', order.start), compute);
    expect(text).toContain('(100,000,000 + 1) + −100,000,000 1 3ff0000000000000 0 00000000');
    expect(text).toContain('one result in float64 and 2 results in float32');
  });

  test('numbers that overflow are shown', () => {
    const text = viewText(order, { values: [1e300, 1e300, -Infinity] }, compute);
    expect(text).toContain('NaN');
    expect(text).toContain('∞');
  });
});

describe('the tree of a batch', () => {
  test.each([
    [
      100,
      16,
      '100 images make 8 shards of 16 + 16 + 16 + 16 + 16 + 8 + 8 + 4. Their sums become one in 3 rounds',
    ],
    [1, 4, 'One shard has the whole batch'],
    [20, 4, '20 images make 5 shards of 4 + 4 + 4 + 4 + 4. Their sums become one in 3 rounds'],
  ])('%i images, at most %i a shard', (batchSize, shardSize, sentence) => {
    expect(viewText(tree, { batchSize, shardSize }, compute)).toContain(sentence);
  });

  test('has one addition less than shards, at both ends of both sliders', () => {
    for (const batchSize of [1, 255, 256]) {
      for (const shardSize of [4, 64]) {
        const drawn = tree.view({ batchSize, shardSize }, compute).toString();
        const count = (tag: string) => drawn.split(`<${tag}`).length - 1;
        expect(count('circle')).toBe(count('rect') - 1);
      }
    }
  });
});

describe('a race', () => {
  test('by hand: whoever is free takes the next shard', () => {
    expect(race([4, 4, 4, 2], [4, 1])).toEqual({
      spans: [
        { shard: 0, worker: 0, from: 0, to: 1 },
        { shard: 1, worker: 1, from: 0, to: 4 },
        { shard: 2, worker: 0, from: 1, to: 2 },
        { shard: 3, worker: 0, from: 2, to: 2.5 },
      ],
      end: 4,
      arrivals: [0, 2, 3, 1],
      waits: [1.5, 0],
    });
  });
});

describe('the gradient', () => {
  test('is cut into the shards of the trainer', () => {
    expect(shardsOf(compute).map(({ count }) => count)).toEqual([4, 4, 4, 4, 4, 4, 4, 2]);
  });

  test('as a tree is that of a step of training, to the byte, for any workers and speeds', () => {
    const hash = hashOf(stepGradient(compute));
    let state: State = workers.start;
    for (let draw = 0; draw < 4; draw++) {
      for (const count of workerCounts) {
        expect(hashOf(sumsOf(compute, state.speeds.slice(0, count)).tree)).toBe(hash);
      }
      state = press(workers.controls, 'Other speeds', state);
    }
    expect(viewText(workers, state, compute).split(hash.slice(0, 16))).toHaveLength(6);
  });

  test('in the order of arrival changes with the speeds', () => {
    const hashes = workerCounts.map((count) =>
      hashOf(sumsOf(compute, workers.start.speeds.slice(0, count)).inTurn),
    );
    expect(new Set(hashes).size).toBe(workerCounts.length);
  });

  test('in the order of arrival is that of two workers for three of the same speed, and another for one', () => {
    const { speeds } = press(workers.controls, 'Equal speeds', workers.start);
    const [one, two, three] = [1, 2, 3].map((count) =>
      hashOf(sumsOf(compute, speeds.slice(0, count)).inTurn),
    );
    expect(three).toBe(two);
    expect(two).not.toBe(one);
  });

  test('keeps three workers of one speed waiting as long as the words say', () => {
    const state = press(workers.controls, 'Equal speeds', workers.start);
    for (const [count, share] of [
      [3, '17%'],
      [4, '6%'],
    ] as const) {
      expect(viewText(workers, { ...state, workers: count }, compute)).toContain(
        `Together the workers wait ${share} of their time.`,
      );
      expect(JSON.stringify(manyWorkersLesson.notice)).toContain(share);
    }
  });
});

test('arrow keys come to another worker first, then change its speed', () => {
  const place = { part: 'speed', by: 'arrow' } as const;
  const below = workers.choose?.(workers.start, { ...place, row: 1, column: 4 });
  expect(below).toEqual({ ...workers.start, at: 1 });
  const faster = below && workers.choose?.(below, { ...place, row: 1, column: 2 });
  expect(faster?.speeds.slice(0, 2)).toEqual([5, 3]);
});
