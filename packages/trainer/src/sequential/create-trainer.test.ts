import { createHash } from 'node:crypto';
import path from 'node:path';
import { ConfigurationError, DivergedError } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { batchNorm, conv2d, dense, dropout, flatten, relu, type ModelSpec } from '@convbook/layers';
import { plateau, sgd } from '@convbook/run/settings';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { metricsOf, recordOf, tensorsOf } from '../testing/run-files.ts';
import { tinyData, tinyModel } from '../testing/tiny.ts';
import { train } from '../train.ts';
import { createTrainer, createTrainerParts } from './index.ts';

const model: ModelSpec = {
  name: 'small',
  input: [1, 6, 5],
  layers: [
    conv2d({ filters: 8, kernelSize: 3, padding: 1 }),
    batchNorm(),
    relu(),
    flatten(),
    dropout({ rate: 0.4 }),
    dense({ units: 3 }),
  ],
};
const data = tinyData(45, 11);
const settings = {
  seed: 3,
  epochs: 2,
  batchSize: 12,
  shardSize: 4,
  limit: 40,
  validation: 5,
  augment: { shift: 1 },
};

/** SHA-256 of each array by name. */
const hashesOf = (arrays: Iterable<readonly [string, { readonly data: ArrayBufferView }]>) =>
  new Map(
    [...arrays].map(
      ([
        name,
        {
          data: { buffer, byteOffset, byteLength },
        },
      ]) => {
        const bytes = new Uint8Array(buffer, byteOffset, byteLength);
        return [name, createHash('sha256').update(bytes).digest('hex')];
      },
    ),
  );

describe('steps in plain memory', () => {
  test('are those of a run with workers, to the byte', async () => {
    const out = path.join(temporaryFolder(), 'run');
    await train({ model, data, out, workers: 2, ...settings });
    const trainer = createTrainer({
      model,
      data,
      module: await loadKernelModule('plain'),
      settings,
    });
    expect([trainer.steps, trainer.stepsPerEpoch]).toEqual([6, 3]);
    const steps = Array.from({ length: trainer.steps }, () => trainer.step());
    const logged = metricsOf(out, 'step');
    expect(steps).toEqual(logged.map(({ event: _, ...numbers }) => numbers));
    expect(hashesOf(trainer.parameters)).toEqual(hashesOf(tensorsOf(out, 'model.safetensors')));
    const { testLoss, testAccuracy } = recordOf(out).result ?? {};
    expect(trainer.evaluate()).toMatchObject({
      loss: testLoss,
      accuracy: testAccuracy,
      samples: 11,
    });
    expect(trainer.evaluate('validation').samples).toBe(5);
  });

  test('in parts, and again from kept states, are the same', async () => {
    const module = await loadKernelModule('plain');
    const [whole, parts] = [0, 1].map(() => createTrainer({ model, data, module, settings }));
    const steps = Array.from({ length: whole.steps }, () => whole.step());
    const inParts = () => {
      const step = parts.stepParts();
      for (let count = 1; ; count++) {
        const { done, value } = step.next();
        if (done) return { count, value };
      }
    };
    const states = [parts.keep()];
    for (const step of steps) {
      const { count, value } = inParts();
      expect(value).toEqual(step);
      // Three shards, the gradients and the update.
      expect(count).toBeGreaterThan(5);
      states.push(parts.keep());
    }
    const last = hashesOf(whole.parameters);
    expect(hashesOf(parts.parameters)).toEqual(last);
    expect(hashesOf(parts.gradients)).toEqual(hashesOf(whole.gradients));
    for (const from of [5, 4, 3, 0]) {
      parts.restore(states[from]);
      expect(steps.slice(from).map(() => parts.step())).toEqual(steps.slice(from));
      expect(hashesOf(parts.parameters)).toEqual(last);
    }
  });

  test('end with the last epoch', async () => {
    const module = await loadKernelModule('plain');
    const short = { batchSize: 20, limit: 40, epochs: 1 };
    const trainer = createTrainer({ model, data, module, settings: short });
    expect([trainer.step().samples, trainer.step().epoch]).toEqual([20, 1]);
    const message = 'trainer: expected at most 2 steps, got step 3; give settings more epochs';
    expect(() => trainer.step()).toThrow(new RangeError(message));
  });

  test('stop where numbers are no longer finite', async () => {
    const module = await loadKernelModule('plain');
    const huge = { optimizer: sgd(), learningRate: 1e30, batchSize: 8, limit: 40, seed: 2 };
    const trainer = createTrainer({ model: tinyModel, data, module, settings: huge });
    expect(() => {
      for (let step = 0; step < 5; step++) trainer.step();
    }).toThrow(DivergedError);
    expect(() => trainer.step()).toThrow(
      /^step \d: the (loss|gradient) is no longer finite; lower the learning rate$/,
    );
  });
});

test('a trainer made in parts begins with the same bytes', async () => {
  const module = await loadKernelModule('plain');
  const making = createTrainerParts({ model, data, module, settings });
  let count = 0;
  let made = making.next();
  for (; made.done !== true; made = making.next()) count++;
  // A part for each parameter at least.
  expect(count).toBeGreaterThan(5);
  const whole = createTrainer({ model, data, module, settings });
  expect(hashesOf(made.value.parameters)).toEqual(hashesOf(whole.parameters));
  expect(made.value.step()).toEqual(whole.step());
});

describe('what cannot be', () => {
  const rest = 'expected settings that do not follow the validation loss';
  test.each([
    [`trainer: ${rest}, got patience 2; leave it out`, { patience: 2 }],
    [`trainer: ${rest}, got schedule plateau; leave it out`, { schedule: plateau() }],
  ])('%s', async (message, watching) => {
    const module = await loadKernelModule('plain');
    expect(() =>
      createTrainer({ model, data, module, settings: { ...settings, ...watching } }),
    ).toThrow(new ConfigurationError(message));
  });

  test('evaluating a set that was not held out', async () => {
    const trainer = createTrainer({ model, data, module: await loadKernelModule('plain') });
    expect(() => trainer.evaluate('validation')).toThrow(
      new Error('evaluation: there is no validation set'),
    );
  });
});
