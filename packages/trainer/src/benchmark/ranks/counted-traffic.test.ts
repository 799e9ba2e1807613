// Ranks of one process give each other the bytes that the sizes of a model say.
import { shuffle } from '@convbook/core';
import { onlyRank, type Ranks } from '@convbook/layers/plan';
import {
  batchNorm,
  conv2d,
  dense,
  flatten,
  maxPool2d,
  relu,
  type LayerSpec,
} from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { createSequentialEngine } from '../../engine/sequential-engine.ts';
import { optimizerKinds } from '../../optimizers/registry.ts';
import { initializeState } from '../../run/parameters.ts';
import { countSent } from '../../testing/count-sent.ts';
import { createRanksInProcess } from '../../testing/ranks-in-process.ts';
import { tinyState } from '../../testing/tiny.ts';
import { sum } from '../run-slices.ts';
import { crossingsOf, sizesOf } from './traffic.ts';

const convolution = (filters: number) => [
  conv2d({ filters, kernelSize: 3, padding: 1 }),
  relu(),
  maxPool2d({ size: 2 }),
];

const models: Record<string, { layers: LayerSpec[]; batchSize: number }> = {
  'one convolution': {
    batchSize: 20,
    layers: [...convolution(3), flatten(), dense({ units: 20 }), relu(), dense({ units: 3 })],
  },
  'convolutions with batchNorm': {
    batchSize: 21,
    layers: [
      conv2d({ filters: 64, kernelSize: 3, padding: 1 }),
      batchNorm(),
      relu(),
      conv2d({ filters: 72, kernelSize: 3 }),
      relu(),
      flatten(),
      dense({ units: 8 }),
      batchNorm(),
      relu(),
      dense({ units: 3 }),
    ],
  },
  'gradients made for others': {
    batchSize: 70,
    layers: [flatten(), dense({ units: 601 }), relu(), dense({ units: 500 }), dense({ units: 3 })],
  },
  'sections of a large batch': {
    batchSize: 390,
    layers: [...convolution(40), ...convolution(40), flatten(), dense({ units: 3 })],
  },
};

async function createState(name: string, ranks: Ranks = onlyRank) {
  const { layers, batchSize } = models[name];
  const model = { name, input: [1, 6, 5] as const, layers };
  const settings = { batchSize, shardSize: 8 };
  const state = await tinyState(settings, { model, samples: batchSize, ranks });
  await initializeState(state, optimizerKinds.adamw.initialScalars);
  state.order.set(shuffle(1, 1, batchSize));
  return state;
}

/** The crossings of a step, if so many ranks made it. */
async function crossingsIn(name: string, ranks: number) {
  const { plan } = await createState(name);
  const { cut: shards, sections } = plan.full;
  return crossingsOf(sizesOf(plan), { shards, sections }, ranks);
}

describe.each(Object.keys(models))('%s', (name) => {
  test.each([2, 3, 4, 5])('%i ranks send what the sizes say', async (count) => {
    const crossings = await crossingsIn(name, count);
    const ranks = createRanksInProcess(count).map(countSent);
    await Promise.all(
      ranks.map(async ({ exchange }) => {
        await createSequentialEngine(await createState(name, exchange), exchange).train(0, 1);
      }),
    );
    expect(ranks.map(({ sentBytes }) => sentBytes())).toEqual(
      ranks.map((_, rank) => sum(crossings.map(({ given }) => given[rank]))),
    );
  });
});

test('a single rank sends nothing', async () => {
  expect(await crossingsIn('one convolution', 1)).toEqual([]);
});

test('rows cross where the batch is small, sums of sections where it is large', async () => {
  const kinds = async (name: string) => {
    const crossings = await crossingsIn(name, 3);
    const crosses = (kind: string) =>
      crossings.some(({ what, given }) => what === kind && given.some((bytes) => bytes > 0));
    return { rows: crosses('rows'), sums: crosses('sums') };
  };
  expect(await kinds('one convolution')).toEqual({ rows: true, sums: false });
  expect(await kinds('convolutions with batchNorm')).toEqual({ rows: true, sums: true });
  expect(await kinds('sections of a large batch')).toEqual({ rows: false, sums: false });
});
