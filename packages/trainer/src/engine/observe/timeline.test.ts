// What is recorded of a step has an end: of more workers and spans it says how many it leaves out.
import { batchNorm, conv2d, dense, flatten, type ModelSpec } from '@convbook/layers';
import { longestLine } from '@convbook/run';
import { expect, test } from 'vitest';
import { tinyState } from '../../testing/tiny.ts';
import { phaseNames } from '../phase-names.ts';
import type { Phase } from '../phases/phase.ts';
import { recordSpans } from './record-spans.ts';
import { readTimeline } from './timeline.ts';
import { spansOf } from './timeline-place.ts';

/** The step whose times are recorded: see sampled-steps.ts. */
const step = 9;

const norms = (count: number): ModelSpec => ({
  name: 'norms',
  input: [1, 6, 5],
  layers: [
    ...Array.from({ length: count }, () => [
      conv2d({ filters: 2, kernelSize: 3, padding: 1 }),
      batchNorm(),
    ]).flat(),
    flatten(),
    dense({ units: 3 }),
  ],
});

/** A phase whose items do nothing. */
const idle = (items: number): Phase => ({
  name: phaseNames[0],
  items,
  early: null,
  run: () => undefined,
  cross: () => [],
  end: () => undefined,
});

function run({ items, run, end }: Phase): void {
  for (let item = 0; item < items; item++) run(item);
  end();
}

test.each([
  ['a model without batchNorm', 0, 16, 4 * 1 + 1 + 3],
  ['three of them, so seven stages', 3, 16, 7 * (4 + 1) + 3],
  ['96 shards, which are not told apart', 1, 384, 3 * 2 + 3],
])('%s: spans of a worker that does everything', async (_, count, batchSize, spans) => {
  const options = { model: norms(count), samples: batchSize };
  const { plan } = await tinyState({ batchSize, shardSize: 4 }, options);
  expect(spansOf(plan.full)).toBe(spans);
});

test('a rank of two also sums nodes and ranges, but for small ones, which cross with the loss', async () => {
  const spansAt = async (batchSize: number) => {
    const options = { model: norms(1), samples: batchSize, ranks: { rank: 0, ranks: 2 } };
    const { full } = (await tinyState({ batchSize, shardSize: 4 }, options)).plan;
    return { spans: spansOf(full), without: spansOf({ ...full, exchange: null }) };
  };
  expect(await spansAt(16)).toEqual({ spans: 3 * (2 + 1) + 3, without: 3 * (2 + 1) + 3 });
  const { spans, without } = await spansAt(1024);
  expect(spans - without).toBe(2);
});

test('workers after the sixteenth and spans without room are counted', async () => {
  const state = await tinyState({ batchSize: 16, shardSize: 4 }, { samples: 192, workers: 18 });
  for (let worker = 0; worker < 18; worker++) {
    // Room is for the four shards and the ends of one stage, 8 spans.
    for (const phase of recordSpans(state, step, worker, [idle(11)])) run(phase);
  }
  const timeline = readTimeline(state, step, 1);
  expect(timeline).toMatchObject({ workersLeftOut: 2, spansLeftOut: 16 * (11 + 1 - 8) });
  expect(timeline?.spans).toHaveLength(16 * 8);
  const ends = timeline?.spans.map(({ to }) => to) ?? [];
  expect(timeline?.milliseconds).toBeGreaterThanOrEqual(Math.max(...ends));
});

test('spans beyond two thousand are left out, those that began last', async () => {
  const options = { model: norms(40), samples: 2560, workers: 16 };
  const state = await tinyState({ batchSize: 256, shardSize: 4 }, options);
  const recorded = (phases: number) => {
    for (let worker = 0; worker < 16; worker++) {
      const own = Array.from({ length: phases }, () => idle(64));
      for (const phase of recordSpans(state, step, worker, own)) run(phase);
    }
    return readTimeline(state, step, 1);
  };
  const few = recorded(1);
  expect(few?.spans).toHaveLength(16 * 65);
  expect(few).not.toHaveProperty('spansLeftOut');
  const many = recorded(40);
  expect(many?.spans).toHaveLength(2000);
  expect(many?.spansLeftOut).toBe(16 * 40 * 65 - 2000);
  expect(JSON.stringify(many).length).toBeLessThan(longestLine);
});
