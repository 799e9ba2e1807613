// Losses, penalties, clipping and patience; the rest is in configuration.test.ts.
import { ConfigurationError } from '@convbook/core';
import { expect, test } from 'vitest';
import {
  adam,
  huber,
  nesterov,
  optimizers,
  parseAugmentation,
  parseLoss,
  plateau,
  repeatCommand,
  softmaxCrossEntropy,
  step,
  warmUp,
  type Optimizer,
} from '@convbook/run';
import { toConfiguration, type TrainingSettings } from './configuration.ts';

test.each<[Optimizer['name'], number]>([
  ['adamw', 0.004],
  ['adam', 0.004],
  ['sgd', 0.3],
  ['momentum', 0.1],
  ['nesterov', 0.1],
  ['adagrad', 0.03],
  ['rmsprop', 0.003],
  ['lamb', 0.03],
  ['lars', 0.3],
])('%s has the learning rate %d where none is given', (name, learningRate) => {
  const optimizer = optimizers[name].defaults;
  expect(toConfiguration({ optimizer }, 10)).toMatchObject({ learningRate });
  expect(toConfiguration({ optimizer, learningRate: 7 }, 10).learningRate).toBe(7);
});

test('losses, penalties, clipping and patience are kept', () => {
  const given = { l1Penalty: 0.1, l2Penalty: 0.2, clipNorm: 3, patience: 4, validation: 2 };
  const configuration = toConfiguration({ ...given, loss: huber({ delta: 2 }) }, 10);
  expect(configuration).toMatchObject({ ...given, loss: { name: 'huber', delta: 2 } });
});

test.each([
  ['shift=2,rotation=10', { shift: 2, rotation: 10, scale: 0, elastic: 0 }],
  ['elastic=1.5', { shift: 0, rotation: 0, scale: 0, elastic: 1.5 }],
  ['none', null],
  ['erase=0.4,flip=0.5', { shift: 0, rotation: 0, scale: 0, elastic: 0, flip: 0.5, erase: 0.4 }],
  ['crop=4,flip=0', { shift: 0, rotation: 0, scale: 0, elastic: 0, crop: 4 }],
  ['shift=0,scale=0', null],
])('--augment %s', (text, want) => {
  expect(toConfiguration({ augment: parseAugmentation(text) }, 10).augment).toEqual(want);
});

const validation = 'expected held-out samples to watch, got validation 0; give --validation N';
const losses = 'softmax-cross-entropy, binary-cross-entropy, mean-absolute, mean-squared, huber';

const loss = (text: string) => () => parseLoss(text);
const augment = (text: string) => () => parseAugmentation(text);

test.each<[string, () => unknown]>([
  [`loss: expected one of ${losses}, got "hinge"`, loss('hinge')],
  [
    'loss softmax-cross-entropy.labelSmoothing: expected a number from 0 to 1, got 2',
    loss('softmax-cross-entropy:labelSmoothing=2'),
  ],
  ['loss huber.delta: expected a number above 0, got 0', loss('huber:delta=0')],
  ['loss mean-squared: expected no settings, got "delta"', loss('mean-squared:delta=1')],
  [
    'augment: expected settings among shift, rotation, scale, elastic, flip, crop, brightness, ' +
      'contrast, saturation, erase, got "blur"',
    augment('blur=2'),
  ],
  ['augment.shift: expected a number of at least 0, got NaN', augment('shift')],
  ['augment.rotation: expected a number of at least 0, got -5', augment('rotation=-5')],
  ['augment.scale: expected a number from 0 to below 1, got 1', augment('scale=1')],
  ['augment.elastic: expected a number of at least 0, got Infinity', augment('elastic=1e999')],
  ['augment.flip: expected a number from 0 to 1, got 1.5', augment('flip=1.5')],
  ['augment.crop: expected a whole number of at least 0, got 2.5', augment('crop=2.5')],
  ['augment.brightness: expected a number from 0 to below 1, got 1', augment('brightness=1')],
  ['augment.contrast: expected a number from 0 to below 1, got -0.1', augment('contrast=-0.1')],
  ['augment.saturation: expected a number from 0 to below 1, got 2', augment('saturation=2')],
  ['augment.erase: expected a number from 0 to below 1, got NaN', augment('erase')],
])('refuses: %s', (message, parse) => {
  expect(parse).toThrow(new ConfigurationError(message));
});

test.each<[string, TrainingSettings]>([
  [
    'classWeights: expected balanced, got "inverse"',
    JSON.parse('{"classWeights":"inverse"}') as TrainingSettings,
  ],
  ['l1Penalty: expected a number of at least 0, got -1', { l1Penalty: -1 }],
  ['l2Penalty: expected a number of at least 0, got Infinity', { l2Penalty: Infinity }],
  ['clipNorm: expected a number above 0, got 0', { clipNorm: 0 }],
  ['patience: expected an integer of at least 1, got 0', { patience: 0, validation: 5 }],
  [`patience: ${validation}`, { patience: 3 }],
  [`patience and schedule plateau: ${validation}`, { patience: 3, schedule: plateau() }],
  [`schedule plateau: ${validation}`, { schedule: warmUp({ then: plateau() }) }],
])('refuses: %s', (message, settings) => {
  expect(() => toConfiguration(settings, 100)).toThrow(new ConfigurationError(message));
});

const all = 'pnpm train --model net --data mnist --epochs 8 --batch-size 100 --shard-size 16';

test.each<[TrainingSettings, string]>([
  [
    {
      optimizer: nesterov(),
      momentum: 0.8,
      weightDecay: 0.001,
      clipNorm: 1,
      patience: 3,
      schedule: warmUp({ then: step({ every: 2 }) }),
      loss: huber({ delta: 2 }),
      validation: 9,
      l1Penalty: 1e-5,
      l2Penalty: 1e-4,
    },
    `${all} --optimizer nesterov --learning-rate 0.1 --momentum 0.8 --weight-decay 0.001 --schedule warm-up:every=2,then=step --loss huber:delta=2 --l1-penalty 0.00001 --l2-penalty 0.0001 --clip-norm 1 --seed 1 --validation 9 --patience 3`,
  ],
  [
    {
      optimizer: adam({ beta1: 0.8 }),
      loss: softmaxCrossEntropy({ labelSmoothing: 0.1 }),
      augment: { scale: 0.1, shift: 2, rotation: 0 },
    },
    `${all} --optimizer adam:beta1=0.8 --learning-rate 0.004 --weight-decay 0 --schedule one-cycle --loss softmax-cross-entropy:labelSmoothing=0.1 --augment shift=2,scale=0.1 --seed 1`,
  ],
])('the command that repeats %j', (settings, want) => {
  expect(repeatCommand('net', 'mnist', toConfiguration(settings, 60_000))).toBe(want);
});
