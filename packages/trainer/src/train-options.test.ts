// Optimizers, schedules, losses, clipping and patience in whole runs: the same bytes for any number of
// workers and after a resume, and doing what they say.
import { assertClose } from '@convbook/core/testing';
import { ConfigurationError } from '@convbook/core';
import {
  adagrad,
  adam,
  binaryCrossEntropy,
  constantRate,
  cosine,
  huber,
  meanAbsolute,
  meanSquared,
  momentum,
  nesterov,
  plateau,
  rmsprop,
  sgd,
  softmaxCrossEntropy,
  step,
  warmUp,
} from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { resume } from './resume.ts';
import { temporaryFolder } from './testing/folder.ts';
import { hashesOf, metricsOf, recordOf, tensorsOf } from './testing/run-files.ts';
import { tinyData, tinyModel } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

const data = tinyData(21, 5);
const base = { model: tinyModel, data, batchSize: 4, epochs: 3, validation: 4, seed: 5 };

async function run(options: Partial<TrainOptions>): Promise<string> {
  const out = temporaryFolder();
  await train({ ...base, workers: 0, ...options, out });
  return out;
}

/** Stops after 7 of 15 steps and goes on. */
async function cutAndResume(options: Partial<TrainOptions>): Promise<string> {
  const out = await run({ ...options, stopAfter: 7 });
  expect(recordOf(out)).toMatchObject({ status: 'interrupted', result: { steps: 7 } });
  await resume(out, { chooseData: () => data, workers: 0 });
  return out;
}

describe('the same bytes for any number of workers and after a resume', () => {
  test.each<[string, Partial<TrainOptions>]>([
    ['sgd', { optimizer: sgd(), schedule: step({ every: 1, factor: 0.5 }) }],
    [
      'momentum',
      { optimizer: momentum(), momentum: 0.8, schedule: constantRate(), weightDecay: 0.01 },
    ],
    ['nesterov', { optimizer: nesterov(), schedule: warmUp({ epochs: 1.5, then: cosine() }) }],
    ['adagrad', { optimizer: adagrad({ epsilon: 1e-7 }), loss: meanSquared() }],
    ['rmsprop', { optimizer: rmsprop(), loss: huber({ delta: 0.5 }), clipNorm: 0.1 }],
    ['adam', { optimizer: adam({ beta1: 0.8 }), loss: binaryCrossEntropy(), l1Penalty: 0.01 }],
    ['adamw', { loss: softmaxCrossEntropy({ labelSmoothing: 0.1 }), l2Penalty: 0.01 }],
    ['augmented', { augment: { shift: 1, rotation: 20, scale: 0.2, elastic: 0.5 } }],
    ['plateau', { schedule: plateau({ wait: 1 }), loss: meanAbsolute(), patience: 3 }],
  ])('%s', async (_, options) => {
    const hashes = hashesOf(await run(options));
    for (const workers of [1, 3]) {
      expect(hashesOf(await run({ ...options, workers }))).toEqual(hashes);
    }
    expect(hashesOf(await cutAndResume(options))).toEqual(hashes);
  });
});

test('run.json has every setting, and resume takes what the run was given, in other words too', async () => {
  const options = {
    optimizer: momentum(),
    momentum: 0.8,
    schedule: step({ every: 2 }),
    clipNorm: 2,
    loss: huber(),
    l2Penalty: 0.5,
    patience: 7,
    learningRate: 0.01,
    augment: { rotation: 5, shift: 1 },
  };
  const out = await run(options);
  expect(recordOf(out).configuration).toMatchObject({
    schedule: { name: 'step', every: 2, factor: 0.1 },
    optimizer: { name: 'momentum', momentum: 0.8, weightDecay: 0 },
    loss: 'huber',
    lossSettings: { delta: 1 },
    l1Penalty: 0,
    l2Penalty: 0.5,
    clipNorm: 2,
    patience: 7,
    augment: { shift: 1, rotation: 5, scale: 0, elastic: 0 },
  });
  const again = {
    ...options,
    schedule: step({ factor: 0.1, every: 2 }),
    loss: huber({ delta: 1 }),
  };
  const { record } = await resume(out, { ...again, chooseData: () => data });
  expect(record.status).toBe('complete');
  const wrong = {
    optimizer: nesterov(),
    loss: huber({ delta: 2 }),
    clipNorm: 3,
    augment: { shift: 1 },
  };
  await expect(resume(out, { ...wrong, chooseData: () => data })).rejects.toThrow(
    new ConfigurationError(
      'resume: the run has clipNorm 2 and not 3, optimizer momentum and not nesterov, loss huber and not huber:delta=2, augment shift=1,rotation=5 and not shift=1; leave the options out, or start a new run',
    ),
  );
  const plain = await run({});
  const added = { momentum: 0.9, clipNorm: 3, patience: 2 };
  await expect(resume(plain, { ...added, chooseData: () => data })).rejects.toThrow(
    new ConfigurationError(
      'resume: the run has momentum none and not 0.9, clipNorm none and not 3, patience none and not 2; leave the options out, or start a new run',
    ),
  );
});

/** One step of gradient descent: parameters before and after, and the norm of the gradient. */
async function oneStep(options: Partial<TrainOptions>) {
  const plain = { optimizer: sgd(), schedule: constantRate(), learningRate: 0.5 };
  const out = await run({ ...plain, ...options, epochs: 1, limit: 8, validation: 4 });
  const after = tensorsOf(out, 'model.safetensors');
  const before = tensorsOf(out, 'snapshots/step-000000.safetensors').get('conv1.weight');
  const first = Array.from(before?.data ?? [], Number);
  const valuesOf = (name: string) => Array.from(after.get(name)?.data ?? [], Number);
  const change = valuesOf('conv1.weight').map((value, i) => value - first[i]);
  return {
    first,
    change,
    bias: valuesOf('conv1.bias'),
    norm: metricsOf(out, 'step')[0].gradientNorm,
  };
}

describe('clipping by norm', () => {
  test('a larger gradient is shortened to the norm; the logged one is not', async () => {
    const free = await oneStep({});
    const clipped = await oneStep({ clipNorm: free.norm / 4 });
    expect(clipped.norm).toBe(free.norm);
    const quarter = free.change.map((value) => value / 4);
    assertClose(clipped.change, quarter, { rtol: 1e-4, atol: 1e-7 }, 'change');
  });

  test('a smaller one stays as it is, to the bit', async () => {
    const free = await oneStep({});
    expect(await oneStep({ clipNorm: free.norm * 1.01 })).toEqual(free);
  });
});

test.each([
  { l1Penalty: 0.25, l2Penalty: 0 },
  { l1Penalty: 0, l2Penalty: 0.125 },
  { l1Penalty: 0.25, l2Penalty: 0.125 },
])('penalties %j join the gradient of weights, not of biases', async (penalties) => {
  const [free, penalized] = [await oneStep({}), await oneStep(penalties)];
  const { l1Penalty, l2Penalty } = penalties;
  const added = free.first.map((weight) => l1Penalty * Math.sign(weight) + l2Penalty * weight);
  const want = free.change.map((value, i) => value - 0.5 * added[i]);
  expect(free.first.length).toBeGreaterThan(0);
  assertClose(penalized.change, want, { rtol: 1e-5, atol: 1e-6 }, 'change');
  expect(penalized.bias).toEqual(free.bias);
  expect(penalized.norm).not.toBe(free.norm);
});

describe('what the validation loss steers', () => {
  // Noise has nothing to learn: held-out loss soon rises.
  const options = { epochs: 30, optimizer: sgd(), learningRate: 0.5, schedule: constantRate() };
  const lossesOf = (out: string) =>
    metricsOf(out, 'epoch').map(({ validationLoss }) => validationLoss as number);

  test('patience ends a run after so many epochs without a lower one', async () => {
    const out = await run({ ...options, patience: 2 });
    const losses = lossesOf(out);
    expect(losses.length).toBe(losses.indexOf(Math.min(...losses)) + 3);
    expect(losses.length).toBeLessThan(30);
    expect(recordOf(out)).toMatchObject({ status: 'complete', result: { epochs: losses.length } });
  });

  test('a plateau lowers the rate after every wait without a lower one', async () => {
    const out = await run({ ...options, epochs: 8, schedule: plateau({ wait: 1, factor: 0.5 }) });
    let [rate, best] = [0.5, Infinity];
    const rates = lossesOf(out).map((loss) => {
      const used = rate;
      if (loss < best) best = loss;
      else rate /= 2;
      return used;
    });
    const steps = metricsOf(out, 'step');
    expect(steps.map(({ learningRate }) => learningRate)).toEqual(
      steps.map(({ epoch }) => rates[epoch - 1]),
    );
    expect(Math.min(...rates)).toBeLessThan(0.5);
  });
});
