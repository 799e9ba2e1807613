// The engines on one plan: the same numbers, pausing, and what happens when an item fails.
import { shuffle } from '@convbook/core';
import type { Call } from '@convbook/layers/plan';
import type { TrainingSettings } from '@convbook/run';
import { describe, expect, onTestFinished, test } from 'vitest';
import { optimizerKinds } from '../optimizers/registry.ts';
import { initializeState, readOptimizerState, readParameters } from '../run/parameters.ts';
import { countWorkers } from '../testing/count-workers.ts';
import { tinyState } from '../testing/tiny.ts';
import type { Engine } from './engine.ts';
import { valuesOfSets } from './evaluated-sets.ts';
import { createParallelEngine } from './parallel-engine.ts';
import { createSequentialEngine } from './sequential-engine.ts';
import type { SharedState } from './shared-state.ts';

async function createState(
  workers: number,
  augment: TrainingSettings['augment'] = null,
): Promise<SharedState> {
  const settings = { batchSize: 5, shardSize: 4, validation: 3, augment };
  const state = await tinyState(settings, { samples: 23, workers: Math.max(1, workers) });
  await initializeState(state, optimizerKinds.adamw.initialScalars);
  state.order.set(shuffle(1, 1, state.plan.trainSamples));
  return state;
}

function createEngine(state: SharedState, workers: number): Engine {
  const engine =
    workers === 0 ? createSequentialEngine(state) : createParallelEngine(state, workers);
  onTestFinished(() => engine.close());
  return engine;
}

async function start(workers: number): Promise<{ state: SharedState; engine: Engine }> {
  const state = await createState(workers);
  return { state, engine: createEngine(state, workers) };
}

/** Everything a run's bytes are made of. */
const outcomeOf = (state: SharedState) => ({
  parameters: readParameters(state),
  optimizer: readOptimizerState(state),
  scalars: state.statistics.optimizer,
  batches: state.statistics.batches,
  evaluated: valuesOfSets(state.evaluated).map(({ logits, losses, correct }) => ({
    logits,
    losses,
    correct,
  })),
});

const trainAndEvaluate = async (workers: number) => {
  const { state, engine } = await start(workers);
  const outcome = await engine.train(0, state.plan.batchesPerEpoch);
  await engine.evaluate('test');
  await engine.evaluate('validation');
  expect(outcome).toEqual({ batch: 4, halt: null });
  return outcomeOf(state);
};

describe('an epoch and both evaluations', () => {
  test('in one job or in four are the same numbers', async () => {
    const { state, engine } = await start(0);
    for (let batch = 0; batch < 4; batch++) await engine.train(batch, batch + 1);
    await engine.evaluate('test');
    await engine.evaluate('validation');
    const outcome = outcomeOf(state);
    expect(outcome.parameters.get('conv1.weight')?.data.every((value) => value !== 0)).toBe(true);
    expect(await trainAndEvaluate(0)).toEqual(outcome);
  });

  test.each([0, 1, 2, 3])(
    'with %i workers create so many and are the same numbers',
    async (count) => {
      const { value, workers } = await countWorkers(() => trainAndEvaluate(count));
      expect(workers).toBe(count);
      expect(value).toEqual(await trainAndEvaluate(0));
    },
  );
});

describe('augmentation', () => {
  const measure = async (augment: TrainingSettings['augment']) => {
    const state = await createState(0, augment);
    const engine = createEngine(state, 0);
    await engine.evaluate('test');
    await engine.evaluate('validation');
    const { evaluated } = structuredClone(outcomeOf(state));
    await engine.train(0, 1);
    return { evaluated, loss: state.statistics.batches[0] };
  };

  test('changes the images trained on, not those evaluated', async () => {
    const [plain, augmented] = [await measure(null), await measure({ shift: 2 })];
    expect(augmented.evaluated).toEqual(plain.evaluated);
    expect(augmented.loss).not.toBe(plain.loss);
  });
});

describe('pausing', () => {
  test.each([0, 2])(
    'with %i workers ends the job after a step; the next goes on to the same numbers',
    async (workers) => {
      const { state, engine } = await start(workers);
      const job = engine.train(0, 4);
      engine.pause();
      const { batch, halt } = await job;
      // How far it got is the machine's business, that it stopped for the pause is not.
      expect(halt).toBe('paused');
      expect(batch).toBeGreaterThan(0);
      if (batch < 4) expect(await engine.train(batch, 4)).toEqual({ batch: 4, halt: null });
      await engine.evaluate('test');
      await engine.evaluate('validation');
      expect(outcomeOf(state)).toEqual(await trainAndEvaluate(0));
    },
  );
});

describe('what is not finite halts before the update', () => {
  const valuesOf = ({ plan, memory }: SharedState, name: string) => {
    const placed = plan.layout.parameters.find((parameter) => parameter.name === name);
    if (!placed) throw new Error(`no ${name}`);
    const address = plan.map.bases.parameters + placed.offset;
    return new Float32Array(memory.buffer, address, placed.count);
  };

  test.each([
    ['loss', 'dense2.bias', 0, 'loss not finite'],
    ['gradient', 'dense2.weight', 0, 'gradient not finite'],
    ['loss', 'dense2.bias', 2, 'loss not finite'],
  ])('the %s, by way of %s, with %i workers', async (what, name, workers, want) => {
    const { state, engine } = await start(workers);
    const values = valuesOf(state, name);
    if (what === 'loss') values.fill(NaN);
    else {
      // The logits stay finite; what goes back through two layers does not.
      values.fill(0);
      values[0] = 3e38;
      values[1] = -3e38;
    }
    const before = outcomeOf(state);
    const parameters = structuredClone(before.parameters);
    expect(await engine.train(0, 4)).toEqual({ batch: 0, halt: want });
    expect(outcomeOf(state).parameters).toEqual(parameters);
    expect([...state.statistics.optimizer.subarray(0, 2)]).toEqual([1, 1]);
  });

  test('a logit that is not finite counts as such a loss, also where the loss itself is finite', async () => {
    const { state, engine } = await start(0);
    const { images, losses } = state.evaluated.test;
    images.labels.fill(1);
    valuesOf(state, 'dense2.bias')[0] = -Infinity;
    await engine.evaluate('test');
    expect([...losses]).toEqual([Infinity]);
  });

  test.each([0, 2])('with %i workers a job after that begins anew', async (workers) => {
    const { state, engine } = await start(workers);
    const bias = valuesOf(state, 'dense2.bias');
    const before = bias.slice();
    bias.fill(NaN);
    expect(await engine.train(0, 4)).toEqual({ batch: 0, halt: 'loss not finite' });
    bias.set(before);
    expect(await engine.train(0, 4)).toEqual({ batch: 4, halt: null });
    await engine.evaluate('test');
    await engine.evaluate('validation');
    expect(outcomeOf(state)).toEqual(await trainAndEvaluate(0));
  });
});

describe('an item that fails', () => {
  // A call that reaches beyond the memory: the kernel traps.
  async function broken(workers: number): Promise<SharedState> {
    const state = await createState(workers);
    const [shard] = state.plan.full.shards;
    const load: Call = { kernel: 'loadBytes', values: { y: 2 ** 31, bytes: 0, vectors: 1 } };
    const shards = [{ ...shard, load }, ...state.plan.full.shards.slice(1)];
    return { ...state, plan: { ...state.plan, full: { ...state.plan.full, shards } } };
  }

  test('is the error of the job, on the calling thread', async () => {
    const engine = createEngine(await broken(0), 0);
    await expect(engine.train(0, 4)).rejects.toThrow(
      new WebAssembly.RuntimeError('memory access out of bounds'),
    );
  });

  test('is the error of the job and of all later ones, from workers', async () => {
    const engine = createEngine(await broken(2), 2);
    const failed = engine.train(0, 4);
    const message = /^worker [01]: failed in forward and backward, shard 0, step 1$/;
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toMatchObject({
      cause: { message: 'memory access out of bounds' },
    });
    await expect(engine.evaluate('test')).rejects.toThrow(message);
  });
});
