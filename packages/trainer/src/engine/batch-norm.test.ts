// Statistics of the whole batch, whoever computes its shards.
import { batchNorm, conv2d, dense, flatten, maxPool2d, relu } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { shuffle } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { expect, onTestFinished, test } from 'vitest';
import { optimizerKinds } from '../optimizers/registry.ts';
import { initializeState, readOptimizerState, readParameters } from '../run/parameters.ts';
import { floatsOf, tinyState } from '../testing/tiny.ts';
import { createEngine } from './create-engine.ts';

const model = {
  name: 'tiny-norm',
  input: [1, 6, 5],
  layers: [
    conv2d({ filters: 3, kernelSize: 3 }),
    batchNorm(),
    relu(),
    maxPool2d({ size: 2 }),
    flatten(),
    dense({ units: 4 }),
    batchNorm(),
    relu(),
    dense({ units: 3 }),
  ],
};

async function start(workers: number) {
  const settings = { batchSize: 21, shardSize: 4 };
  const options = { model, samples: 52, workers: Math.max(1, workers) };
  const state = await tinyState(settings, options);
  await initializeState(state, optimizerKinds.adamw.initialScalars);
  state.order.set(shuffle(1, 1, state.plan.trainSamples));
  const engine = createEngine(state, workers);
  onTestFinished(() => engine.close());
  return { state, engine };
}

async function outcome(workers: number) {
  const { state, engine } = await start(workers);
  await engine.train(0, 3);
  await engine.evaluate('test');
  const { batches } = state.statistics;
  const { logits } = state.evaluated.test;
  return {
    parameters: readParameters(state),
    optimizer: readOptimizerState(state),
    batches,
    logits,
  };
}

test.each([1, 2, 3])('%i workers and the calling thread make the same bytes', async (workers) => {
  const got = await outcome(workers);
  expect(got).toEqual(await outcome(0));
  expect(got.parameters.get('bn1.running_mean')?.data.every((value) => value !== 0)).toBe(true);
  expect([...got.optimizer.keys()].some((name) => name.includes('running'))).toBe(false);
});

test('an evaluation takes the running statistics, as a prediction of the saved model does', async () => {
  const { state, engine } = await start(0);
  await engine.train(0, 3);
  await engine.evaluate('test');
  const { images, logits } = state.evaluated.test;
  const parameters = new Map(
    [...readParameters(state)].map(([name, { data }]) => [name, Float32Array.from(data)] as const),
  );
  const x = floatsOf(images, [2]);
  const { plan } = state;
  const { y } = runModel({
    module: await loadKernelModule('plain'),
    model: plan.model,
    parameters,
    x,
    batchSize: 1,
  });
  expect([...y]).toEqual([...logits.subarray(6, 9)]);
});
