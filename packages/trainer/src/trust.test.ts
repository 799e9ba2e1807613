// LAMB and LARS in a run: each weight has its own rate, biases and normalization have neither ratio nor
// decay, and nothing depends on who computes what.
import path from 'node:path';
import { adamStep, lambStep, larsStep, sgdStep } from '@convbook/core/reference';
import { assertClose } from '@convbook/core/testing';
import { batchNorm, conv2d, dense, flatten, relu, type ModelSpec } from '@convbook/layers';
import { constantRate, lamb, lars, momentum } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { resume } from './resume.ts';
import { temporaryFolder } from './testing/folder.ts';
import { hashesOf, tensorsOf } from './testing/run-files.ts';
import { tinyData } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

const model: ModelSpec = {
  name: 'weights and others',
  input: [1, 6, 5],
  layers: [
    conv2d({ filters: 4, kernelSize: 3 }),
    batchNorm(),
    relu(),
    flatten(),
    // More floats than an update has in one item.
    dense({ units: 500 }),
    relu(),
    dense({ units: 3 }),
  ],
};
const data = tinyData(40, 8);
const settings = { model, data, epochs: 1, batchSize: 8, shardSize: 4, workers: 0 };

async function run(options: Partial<TrainOptions>): Promise<string> {
  const out = path.join(temporaryFolder(), 'run');
  await train({ ...settings, ...options, out });
  return out;
}

/** Parameters and gradients before the first step: at such a rate nothing moves. */
async function firstGradients() {
  const out = await run({ limit: 8, optimizer: momentum(), learningRate: 1e-35 });
  const kept = tensorsOf(out, 'checkpoints/last.safetensors');
  return [...tensorsOf(out, 'model.safetensors')]
    .filter(([name]) => kept.has(`state0.${name}`))
    .map(([name, { data, shape }]) => ({
      name,
      isWeight: shape.length > 1,
      parameter: Float64Array.from(data),
      gradient: Float64Array.from(kept.get(`state0.${name}`)?.data ?? []),
    }));
}

const learningRate = 0.05;

const zeros = (values: Float64Array) => new Float64Array(values.length);
const moments = (values: Float64Array) => ({
  mean: zeros(values),
  square: zeros(values),
  power1: 1,
  power2: 1,
});

const optimizers = [
  {
    title: 'lamb',
    optimizer: lamb({ weightDecay: 0.3 }),
    step(parameter: Float64Array, gradient: Float64Array, isWeight: boolean) {
      const own = { learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-6 };
      const state = moments(parameter);
      if (isWeight) lambStep(parameter, gradient, state, { ...own, weightDecay: 0.3 });
      else adamStep(parameter, gradient, state, { ...own, weightDecay: 0, decoupled: true });
    },
  },
  {
    title: 'lars',
    optimizer: lars({ weightDecay: 0.3, trust: 0.1 }),
    step(parameter: Float64Array, gradient: Float64Array, isWeight: boolean) {
      const own = { learningRate, momentum: 0.9 };
      const velocity = zeros(parameter);
      if (isWeight) {
        larsStep(parameter, gradient, velocity, { ...own, trust: 0.1, weightDecay: 0.3 });
      } else sgdStep(parameter, gradient, velocity, { ...own, nesterov: false, weightDecay: 0 });
    },
  },
];

describe.each(optimizers)('$title', ({ optimizer, step }) => {
  test('a step of each parameter is that of the papers', async () => {
    const out = await run({ limit: 8, optimizer, learningRate, schedule: constantRate() });
    const trained = tensorsOf(out, 'model.safetensors');
    const before = await firstGradients();
    expect(before.map(({ name }) => name)).toContain('dense1.weight');
    for (const { name, isWeight, parameter, gradient } of before) {
      step(parameter, gradient, isWeight);
      assertClose(trained.get(name)?.data ?? [], parameter, { rtol: 1e-5, atol: 1e-7 }, name);
    }
  });

  test('clipping shortens the gradient once, before its direction is taken', async () => {
    const clipped = { limit: 8, optimizer, learningRate, schedule: constantRate(), clipNorm: 1e-4 };
    const trained = tensorsOf(await run(clipped), 'model.safetensors');
    const before = await firstGradients();
    const squares = before.flatMap(({ gradient }) => [...gradient]).map((g) => g * g);
    const norm = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
    for (const { name, isWeight, parameter, gradient } of before) {
      step(
        parameter,
        gradient.map((g) => (g * 1e-4) / norm),
        isWeight,
      );
      assertClose(trained.get(name)?.data ?? [], parameter, { rtol: 1e-4, atol: 1e-6 }, name);
    }
  });

  test('files are equal for 0 and 3 workers, and for a run that was stopped and resumed', async () => {
    const expected = hashesOf(await run({ optimizer }));
    expect(hashesOf(await run({ optimizer, workers: 3 }))).toEqual(expected);
    const out = await run({ optimizer, workers: 2, stopAfter: 2 });
    await resume(out, { chooseData: () => data, workers: 0 });
    expect(hashesOf(out)).toEqual(expected);
  });
});
