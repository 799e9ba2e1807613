import { ConfigurationError } from '@convbook/core';
import {
  dense,
  lossKinds,
  resolveModel,
  sigmoid,
  softmax,
  type LayerSpec,
  type LossSpec,
} from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { checkLossFits, formatLoss, toLoss } from './loss.ts';

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

describe('a model’s end and the loss', () => {
  const endingWith = (last: LayerSpec) =>
    resolveModel({ input: [4], layers: [dense({ units: 3 }), last] });

  test.each([
    ['softmax-cross-entropy', 'softmax1', softmax()],
    ['binary-cross-entropy', 'sigmoid1', sigmoid()],
  ])('%s is not taken after %s', (loss, name, last) => {
    expect(() => checkLossFits(toLoss(loss), endingWith(last))).toThrow(
      new ConfigurationError(
        `loss ${loss}: expected a model without ${last.kind} at its end, which the loss contains, ` +
          `got ${name}; leave the last ${last.kind}() out, or choose another --loss`,
      ),
    );
  });

  test.each([
    ['mean-squared', softmax()],
    ['softmax-cross-entropy', sigmoid()],
  ])('%s is, where it has nothing to do with it', (loss, last) => {
    expect(() => checkLossFits(toLoss(loss), endingWith(last))).not.toThrow();
  });
});
