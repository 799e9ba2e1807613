import { ConfigurationError } from '@convbook/core';
import { lossKinds } from '@convbook/layers/kinds';
import type { LossSpec } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import {
  binaryCrossEntropy,
  huber,
  lossType,
  meanAbsolute,
  meanSquared,
  softmaxCrossEntropy,
} from './losses.ts';
import { parseLoss } from './text.ts';

const toLoss = (text: string) => lossType.resolve('loss', parseLoss(text));
const formatLoss = (loss: LossSpec) => lossType.format(loss);

test('each function gives its loss, and what it is given', () => {
  const made = [
    softmaxCrossEntropy({ labelSmoothing: 0.1 }),
    binaryCrossEntropy(),
    meanAbsolute(),
    meanSquared(),
    huber({ delta: 2 }),
  ];
  expect(made.map(({ name }) => name)).toEqual(Object.keys(lossKinds));
  expect(made.map((given) => lossType.resolve('loss', given))).toEqual([
    { name: 'softmax-cross-entropy', labelSmoothing: 0.1 },
    { name: 'binary-cross-entropy' },
    { name: 'mean-absolute' },
    { name: 'mean-squared' },
    { name: 'huber', delta: 2 },
  ]);
});

// Every loss has a row here: what it refuses.
const refusals: Record<LossSpec['name'], [text: string, message: string]> = {
  'softmax-cross-entropy': [
    'labelSmoothing=2',
    '.labelSmoothing: expected a number from 0 to 1, got 2',
  ],
  'binary-cross-entropy': ['delta=1', ': expected no settings, got "delta"'],
  'mean-absolute': ['delta=1', ': expected no settings, got "delta"'],
  'mean-squared': ['delta=1', ': expected no settings, got "delta"'],
  huber: ['delta=0', '.delta: expected a number above 0, got 0'],
};

describe.each(Object.entries(refusals))('%s', (name, [text, message]) => {
  test('its name alone has the defaults', () => {
    expect(toLoss(name)).toEqual(lossKinds[name as LossSpec['name']].defaults);
    expect(formatLoss(toLoss(name))).toBe(name);
  });

  test('refuses what does not fit', () => {
    const refused = new ConfigurationError(`loss ${name}${message}`);
    expect(() => toLoss(`${name}:${text}`)).toThrow(refused);
  });
});

test.each(['huber:delta=2', 'softmax-cross-entropy:labelSmoothing=0.1'])('%s and back', (text) => {
  expect(formatLoss(toLoss(text))).toBe(text);
});

test('a loss that does not exist is refused', () => {
  const names = Object.keys(refusals).join(', ');
  expect(() => toLoss('hinge')).toThrow(
    new ConfigurationError(`loss: expected one of ${names}, got "hinge"`),
  );
});
