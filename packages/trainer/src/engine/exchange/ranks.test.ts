// The same phases with another exchange: ranks that each have a memory of their own and train a part
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
import { onlyRank } from '@convbook/layers/plan';
import { describe, expect, test } from 'vitest';
import { optimizerKinds } from '../../optimizers/registry.ts';
import { initializeState, readOptimizerState, readParameters } from '../../run/parameters.ts';
import { createLinksInProcess } from '../../testing/links-in-process.ts';
import { createRanksInProcess } from '../../testing/ranks-in-process.ts';
import { tinyState } from '../../testing/tiny.ts';
import { valuesOfSets } from '../evaluated-sets.ts';
import type { Engine } from '../engine.ts';
import { createParallelEngine, type ParallelEngineOptions } from '../parallel-engine.ts';
import { createSequentialEngine } from '../sequential-engine.ts';
import type { SharedState } from '../shared-state.ts';
import type { Exchange } from './exchange.ts';

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

/** So many weights that ranks make their gradients for each other; 601 is no multiple of a vector. */
const wide: ModelSpec = {
  name: 'wide',
  input: [1, 6, 5],
  layers: [
    flatten(),
    dense({ units: 601 }),
    relu(),
    dense({ units: 420 }),
    relu(),
    dense({ units: 220 }),
    relu(),
    dense({ units: 3 }),
  ],
};

/** A batch of which ranks make gradients for each other. */
const many = { batchSize: 70, shardSize: 8, samples: 150, model: wide };

async function createState({
  workers = 1,
  ranks = onlyRank,
  batchSize = 36,
  shardSize = 4,
  samples = 100,
  model = everything,
} = {}): Promise<SharedState> {
  const settings = {
    batchSize,
    shardSize,
    validation: 9,
    augment: { shift: 1, rotation: 10 },
    clipNorm: 0.5,
    l2Penalty: 0.001,
  };
  const state = await tinyState(settings, { model, samples, workers, ranks });
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

function train(state: SharedState, exchange?: Exchange) {
  return trainOn(state, createSequentialEngine(state, exchange));
}

async function trainBy(state: SharedState, workers: number, options: ParallelEngineOptions) {
  const engine = createParallelEngine(state, workers, options);
  const outcome = await trainOn(state, engine);
  await engine.close();
  return outcome;
}

async function trainOn(state: SharedState, engine: Engine) {
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
      createRanksInProcess(count).map(async (exchange) =>
        train(await createState({ ranks: exchange }), exchange),
      ),
    );
    expect(outcomes).toHaveLength(count);
    for (const outcome of outcomes) expect(outcome).toEqual(expected);
  });

  test.each([
    [2, 2, 'everything'],
    [3, 2, 'everything'],
    [2, 1, 'wide'],
    [2, 3, 'wide'],
    [3, 2, 'wide'],
  ] as const)('%i of them with %i workers each have the bytes of one: %s', async (...of) => {
    const [count, workers, name] = of;
    const settings = name === 'wide' ? many : {};
    const expected = await train(await createState(settings));
    const links = createLinksInProcess(count);
    const outcomes = await Promise.all(
      links.map(async (link) =>
        trainBy(await createState({ ...settings, workers, ranks: link }), workers, { link }),
      ),
    );
    await Promise.all(links.map((link) => link.close()));
    for (const outcome of outcomes) expect(outcome).toEqual(expected);
  });

  test.each([2, 3, 17])(
    '%i of them have the bytes of one where each makes gradients for all',
    async (count) => {
      const expected = await train(await createState(many));
      const exchanges = createRanksInProcess(count);
      const states = await Promise.all(
        exchanges.map((exchange) => createState({ ...many, ranks: exchange })),
      );
      const [first] = states.map(({ plan }) => plan.full.exchange?.shared);
      expect(first?.own.length).toBeLessThan(states[0].plan.full.gradientItems.length);
      const outcomes = states.map((state, rank) => train(state, exchanges[rank]));
      for (const outcome of await Promise.all(outcomes)) expect(outcome).toEqual(expected);
    },
  );

  test.each([2, 3, 4])(
    '%i of them have the bytes of one where they share the sections of large batches',
    async (count) => {
      const large = { batchSize: 260, shardSize: 8, samples: 300 };
      const expected = await train(await createState(large));
      const states = await Promise.all(
        createRanksInProcess(count).map((exchange) => createState({ ...large, ranks: exchange })),
      );
      expect(states.map(({ plan }) => plan.full.sectionSums?.nodes.length)).toEqual(
        count === 2 ? [1, 2] : count === 3 ? [1, 1, 1] : Array(4).fill(undefined),
      );
      const exchanges = createRanksInProcess(count);
      const outcomes = states.map((state, rank) => train(state, exchanges[rank]));
      for (const outcome of await Promise.all(outcomes)) expect(outcome).toEqual(expected);
    },
  );

  test('they halt after the same step where one of them is to pause', async () => {
    const engines = await Promise.all(
      createRanksInProcess(3).map(async (exchange) =>
        createSequentialEngine(await createState({ ranks: exchange }), exchange),
      ),
    );
    const jobs = engines.map((engine) => engine.train(0, 3));
    engines[1].pause();
    expect(await Promise.all(jobs)).toEqual([1, 1, 1].map((batch) => ({ batch, halt: 'paused' })));
  });

  test('a plan for other ranks is refused', async () => {
    const state = await createState();
    const [, second] = createRanksInProcess(2);
    expect(() => createSequentialEngine(state, second)).toThrow(
      new Error(
        'engine: expected a plan for rank 1 of 2, got one for rank 0 of 1; give prepareState the ranks of the link',
      ),
    );
  });
});
