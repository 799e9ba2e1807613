import { ConfigurationError } from '@convbook/core';
import { conv2d, dense, flatten, resolveModel } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { adam, optimizers as optimizerTable, schedules, step, warmUp } from '@convbook/run';
import { toConfiguration, type TrainingSettings } from './configuration.ts';
import { checkFit } from './fit.ts';

const optimizers = Object.keys(optimizerTable).join(', ');
const schedulesKnown = Object.keys(schedules).join(', ');

/** Settings as a program in JavaScript may give them. */
const untyped = (settings: object) => settings as TrainingSettings;

describe('toConfiguration', () => {
  test('fills every default', () => {
    expect(toConfiguration({}, 60_000)).toEqual({
      recipe: null,
      epochs: 8,
      batchSize: 100,
      shardSize: 16,
      evaluationShardSize: 64,
      seed: 1,
      limit: null,
      validation: 0,
      learningRate: 0.004,
      scaleRate: null,
      baseBatch: null,
      scaledRate: null,
      schedule: { name: 'one-cycle', warmUp: 0.3, divisor: 25, finalDivisor: 10_000 },
      optimizer: { name: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.05 },
      loss: { name: 'softmax-cross-entropy', labelSmoothing: 0 },
      l1Penalty: 0,
      l2Penalty: 0,
      classWeights: null,
      standardize: false,
      freeze: null,
      clipNorm: null,
      patience: null,
      augment: null,
    });
  });

  test('keeps what is given', () => {
    const given = {
      epochs: 1,
      batchSize: 7,
      shardSize: 4,
      seed: 0,
      limit: 50,
      validation: 49,
      learningRate: 1e-9,
    };
    expect(toConfiguration(given, 50)).toMatchObject(given);
  });

  test.each<[string, TrainingSettings, object]>([
    ['adam decays nothing', { optimizer: adam() }, { name: 'adam', weightDecay: 0 }],
    ['unless told', { optimizer: adam(), weightDecay: 0.1 }, { name: 'adam', weightDecay: 0.1 }],
    ['adamw may be told not to', { weightDecay: 0 }, { name: 'adamw', weightDecay: 0 }],
  ])('%s', (_, settings, want) => {
    expect(toConfiguration(settings, 10).optimizer).toMatchObject(want);
  });

  test.each([
    [1, 8],
    [3, 8],
    [100, 16],
    [101, 16],
    [1000, 32],
  ])('a batch of %i has shards of %i', (batchSize, shardSize) => {
    expect(toConfiguration({ batchSize }, 10).shardSize).toBe(shardSize);
  });

  test.each<[string, TrainingSettings]>([
    ['epochs: expected an integer of at least 1, got 0', { epochs: 0 }],
    ['epochs: expected an integer of at least 1, got NaN', { epochs: NaN }],
    ['batchSize: expected an integer of at least 1, got 0', { batchSize: 0 }],
    ['batchSize: expected an integer of at least 1, got 2.5', { batchSize: 2.5 }],
    ['shardSize: expected an integer of at least 4, got 3', { shardSize: 3 }],
    ['seed: expected an integer of at least 0, got -1', { seed: -1 }],
    ['seed: expected an integer of at least 0, got 9007199254740992', { seed: 2 ** 53 }],
    ['limit: expected an integer from 1 to 100, got 0', { limit: 0 }],
    ['limit: expected an integer from 1 to 100, got 101', { limit: 101 }],
    ['validation: expected an integer from 0 to 99, got 100', { validation: 100 }],
    ['validation: expected an integer from 0 to 19, got 20', { limit: 20, validation: 20 }],
    ['validation: expected an integer from 0 to 99, got -1', { validation: -1 }],
    ['learningRate: expected a number above 0, got 0', { learningRate: 0 }],
    ['learningRate: expected a number above 0, got Infinity', { learningRate: Infinity }],
    ['weightDecay: expected a number of at least 0, got -0.1', { weightDecay: -0.1 }],
    ['weightDecay: expected a number of at least 0, got NaN', { weightDecay: NaN }],
    ['epochs: expected an integer of at most 2147483647, got 1000000000000000', { epochs: 1e15 }],
    ['batchSize: expected an integer of at most 2147483647, got 1e+300', { batchSize: 1e300 }],
    [
      'shardSize: expected an integer of at most 2147483647, got 2147483648',
      { shardSize: 2 ** 31 },
    ],
    ['patience: expected an integer of at most 2147483647, got 1e+30', { patience: 1e30 }],
    [
      'schedule step.every: expected a number of at most 2147483647, got 1000000000000000',
      { schedule: step({ every: 1e15 }) },
    ],
    [
      'schedule warm-up.epochs: expected a number of at most 2147483647, got 1e+300',
      { schedule: warmUp({ epochs: 1e300 }) },
    ],
    [
      'augment.shift: expected a number of at most 10000, got 1e+308',
      { augment: { shift: 1e308 } },
    ],
    ['augment.rotation: expected a number of at most 360, got 361', { augment: { rotation: 361 } }],
    [
      'augment.elastic: expected a number of at most 10000, got 1e+30',
      { augment: { elastic: 1e30 } },
    ],
    [
      `optimizer: expected one of ${optimizers}, got "lion"`,
      untyped({ optimizer: { name: 'lion' } }),
    ],
    [
      `optimizer: expected one of ${optimizers}, got "toString"`,
      untyped({ optimizer: { name: 'toString' } }),
    ],
    [
      `schedule: expected one of ${schedulesKnown}, got "steps"`,
      untyped({ schedule: { name: 'steps' } }),
    ],
    [
      'optimizer: expected what a function such as adamw() returns, got "adam:beta1=0.8"; write adam()',
      untyped({ optimizer: 'adam:beta1=0.8' }),
    ],
    [
      'schedule: expected what a function such as oneCycle() returns, got "constant"; write constantRate()',
      untyped({ schedule: 'constant' }),
    ],
    [
      'schedule warm-up.then: expected what a function such as oneCycle() returns, got "step"; write step()',
      untyped({ schedule: { name: 'warm-up', then: 'step' } }),
    ],
    [
      'loss: expected what a function such as softmaxCrossEntropy() returns, got null; write softmaxCrossEntropy()',
      untyped({ loss: null }),
    ],
    [
      'optimizer adam.beta1: expected a number from 0 to below 1, got "0.8"',
      untyped({ optimizer: { name: 'adam', beta1: '0.8' } }),
    ],
    [
      'augment: expected settings such as { shift: 2 }, got "shift=2"',
      untyped({ augment: 'shift=2' }),
    ],
    ['recipe: expected a name, got 5', untyped({ recipe: 5 })],
  ])('refuses: %s', (message, settings) => {
    expect(() => toConfiguration(settings, 100)).toThrow(new ConfigurationError(message));
  });
});

describe('checkFit', () => {
  const model = resolveModel({
    name: 'net',
    input: [1, 4, 4],
    layers: [flatten(), dense({ units: 3 })],
  });
  const data = { name: 'digits', sampleShape: [1, 4, 4], classNames: ['a', 'b', 'c'] };

  test('lets data pass whose samples and classes are the model’s', () => {
    expect(() => checkFit(model, data)).not.toThrow();
  });

  const noClasses = resolveModel({
    name: 'maps',
    input: [1, 4, 4],
    layers: [conv2d({ filters: 3, kernelSize: 2 })],
  });
  const rest = 'choose another --model or --data';
  test.each([
    [
      `model net: takes [1, 4, 4] and gives [3], got data digits with samples [1, 4, 5] and 3 classes; ${rest}`,
      model,
      { ...data, sampleShape: [1, 4, 5] },
    ],
    [
      `model net: takes [1, 4, 4] and gives [3], got data digits with samples [1, 4, 4] and 2 classes; end the model with 2 units, or ${rest}`,
      model,
      { ...data, classNames: ['a', 'b'] },
    ],
    [
      `model maps: takes [1, 4, 4] and gives [3, 3, 3], got data digits with samples [1, 4, 4] and 3 classes; end the model with 3 units, or ${rest}`,
      noClasses,
      data,
    ],
  ])('refuses: %s', (message, misfit, misfitting) => {
    expect(() => checkFit(misfit, misfitting)).toThrow(new ConfigurationError(message));
  });
});
