// A second exchange behind the same phases: ranks that each have a memory of their own and train a part
// of the shards make the bytes of one rank.
import { createHash } from 'node:crypto';
import { shuffle } from '@convbook/core';
import {
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  relu,
  residual,
  type ModelSpec,
} from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { optimizerKinds } from '../../optimizers/registry.ts';
import { initializeState, readOptimizerState, readParameters } from '../../run/parameters.ts';
import { createRanksInProcess } from '../../testing/ranks-in-process.ts';
import { tinyState } from '../../testing/tiny.ts';
import { valuesOfSets } from '../evaluated-sets.ts';
import { createSequentialEngine } from '../sequential-engine.ts';
import type { SharedState } from '../shared-state.ts';
import { isComplete, type Exchange } from './exchange.ts';

/** All that crosses: batchNorm's sums twice, gradients by shard, rows of dense, direct and Winograd layers. */
const everything: ModelSpec = {
  name: 'everything',
  input: [1, 6, 5],
  layers: [
    conv2d({ filters: 64, kernelSize: 3, padding: 1 }),
    batchNorm(),
    relu(),
    dropout({ rate: 0.3 }),
    residual({ layers: [conv2d({ filters: 72, kernelSize: 3, padding: 1 }), batchNorm(), relu()] }),
    residual({ layers: [dropout({ rate: 0.1 }), conv2d({ filters: 72, kernelSize: 1 })] }),
    conv2d({ filters: 96, kernelSize: 3 }),
    relu(),
    conv2d({ filters: 24, kernelSize: [4, 3] }),
    relu(),
    flatten(),
    dense({ units: 8 }),
    batchNorm(),
    relu(),
    dropout({ rate: 0.5 }),
    dense({ units: 3 }),
  ],
};

async function createState(): Promise<SharedState> {
  const settings = {
    batchSize: 36,
    shardSize: 4,
    validation: 9,
    augment: { shift: 1, rotation: 10 },
    clipNorm: 0.5,
    l2Penalty: 0.001,
  };
  const state = await tinyState(settings, { model: everything, samples: 100 });
  await initializeState(state, optimizerKinds.adamw.initialScalars);
  state.order.set(shuffle(1, 1, state.plan.trainSamples));
  return state;
}

/** SHA-256 of everything a run's bytes are made of. */
function outcomeOf(state: SharedState) {
  const { statistics, evaluated } = state;
  const ofTensors = (tensors: ReturnType<typeof readParameters>) =>
    sha256([...tensors.values()].map(({ data }) => data));
  const sets = valuesOfSets(evaluated);
  return {
    parameters: ofTensors(readParameters(state)),
    optimizer: ofTensors(readOptimizerState(state)),
    scalars: sha256([statistics.optimizer]),
    norms: sha256([statistics.layers]),
    batches: sha256([statistics.batches]),
    logits: sha256(sets.map(({ logits }) => logits)),
    losses: sha256(sets.map(({ losses }) => losses)),
    correct: sha256(sets.map(({ correct }) => correct)),
  };
}

function sha256(arrays: readonly ArrayBufferView[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}

async function train(state: SharedState, exchange?: Exchange) {
  const engine = createSequentialEngine(state, exchange);
  const { batchesPerEpoch } = state.plan;
  expect(await engine.train(0, batchesPerEpoch)).toEqual({ batch: batchesPerEpoch, halt: null });
  await engine.evaluate('test');
  await engine.evaluate('validation');
  return outcomeOf(state);
}

describe('training by ranks', () => {
  test('the model has everything that crosses', async () => {
    const { full, layout } = (await createState()).plan;
    expect(full.shards).toHaveLength(9);
    expect(full.shards[0].forward.length).toBeGreaterThan(2);
    expect(layout.shardedBytes).toBeGreaterThan(0);
    const whole = full.gradientItems.slice(0, full.wholeBatchItems);
    const kernels = new Set(whole.flatMap(({ calls }) => calls.map(({ kernel }) => kernel)));
    expect([...kernels]).toEqual(
      expect.arrayContaining([
        'winogradWeightGradient',
        'convolveWeightGradient',
        'denseWeightGradient',
      ]),
    );
  });

  test.each([1, 2, 3, 5, 11])('%i of them have the bytes of one', async (count) => {
    const expected = await train(await createState());
    const outcomes = await Promise.all(
      createRanksInProcess(count).map(async (exchange) => train(await createState(), exchange)),
    );
    expect(outcomes).toHaveLength(count);
    for (const outcome of outcomes) expect(outcome).toEqual(expected);
  });

  test('they halt after the same step where one of them is to pause', async () => {
    const engines = await Promise.all(
      createRanksInProcess(3).map(async (exchange) =>
        createSequentialEngine(await createState(), exchange),
      ),
    );
    const jobs = engines.map((engine) => engine.train(0, 3));
    engines[1].pause();
    expect(await Promise.all(jobs)).toEqual([1, 1, 1].map((batch) => ({ batch, halt: 'paused' })));
  });
});

describe('ranks in one process', () => {
  test('gather what each has', () => {
    const all = [0, 1, 2].map((rank) => Uint8Array.from([0, 0, 0, 0, 0], () => 10 + rank));
    const starts = [0, 2, 2, 5];
    const exchanges = createRanksInProcess(3);
    const tickets = exchanges.map(({ startGather }, rank) => startGather(all[rank], starts));
    expect(tickets.map(isComplete)).toEqual([true, true, true]);
    for (const bytes of all) expect([...bytes]).toEqual([10, 10, 12, 12, 12]);
  });

  test('scatter a part for each', () => {
    const to = [new Uint8Array(3), new Uint8Array(3)];
    const froms = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)];
    // Rank 0 gets one byte of each, rank 1 two.
    const toStarts = [
      [0, 1, 2],
      [0, 2, 4],
    ];
    to[1] = new Uint8Array(4);
    createRanksInProcess(2).forEach(({ startScatter }, rank) =>
      startScatter(froms[rank], [0, 1, 3], to[rank], toStarts[rank]),
    );
    expect(to.map((bytes) => [...bytes])).toEqual([
      [1, 4, 0],
      [2, 3, 5, 6],
    ]);
  });

  test('spread the bytes of the first', () => {
    const all = [Uint8Array.of(7, 8), new Uint8Array(2), new Uint8Array(2)];
    const [first, second, third] = createRanksInProcess(3);
    const ticket = first.startSpread(all[0]);
    second.startSpread(all[1]);
    expect(isComplete(ticket)).toBe(false);
    third.startSpread(all[2]);
    expect(isComplete(ticket)).toBe(true);
    expect(all.map((bytes) => [...bytes])).toEqual([
      [7, 8],
      [7, 8],
      [7, 8],
    ]);
  });

  test('refuse calls that differ', () => {
    const [first, second] = createRanksInProcess(2);
    first.startSpread(new Uint8Array(1));
    expect(() => second.startGather(new Uint8Array(1), [0, 0, 1])).toThrow(
      new Error('ranks: expected all to make the same call, got spread, gather'),
    );
  });
});
