import { ConfigurationError } from '@convbook/core';
import {
  dense,
  resolveModel,
  sigmoid,
  softmax,
  type LayerSpec,
  type LossSpec,
} from '@convbook/layers';
import { lossKinds } from '@convbook/layers/kinds';
import { describe, expect, test } from 'vitest';
import { checkAugmentFits, checkLossFits } from './fit.ts';

describe('a model’s end and the loss', () => {
  const endingWith = (last: LayerSpec) =>
    resolveModel({ input: [4], layers: [dense({ units: 3 }), last] });

  test.each<[LossSpec['name'], string, LayerSpec]>([
    ['softmax-cross-entropy', 'softmax1', softmax()],
    ['binary-cross-entropy', 'sigmoid1', sigmoid()],
  ])('%s is not taken after %s', (loss, name, last) => {
    expect(() => checkLossFits(lossKinds[loss].defaults, endingWith(last))).toThrow(
      new ConfigurationError(
        `loss ${loss}: expected a model without ${last.kind} at its end, which the loss contains, ` +
          `got ${name}; leave the last ${last.kind}() out, or choose another --loss`,
      ),
    );
  });

  test.each<[LossSpec['name'], LayerSpec]>([
    ['mean-squared', softmax()],
    ['softmax-cross-entropy', sigmoid()],
  ])('%s is, where it has nothing to do with it', (loss, last) => {
    expect(() => checkLossFits(lossKinds[loss].defaults, endingWith(last))).not.toThrow();
  });
});

describe('images and how they are varied', () => {
  const none = { shift: 0, rotation: 0, scale: 0, elastic: 0 };

  test.each([
    [
      'augment.saturation: expected images of 3 channels, got [1, 28, 28]; leave it out',
      { ...none, saturation: 0.2 },
      [1, 28, 28] as const,
    ],
    [
      'augment.crop: expected less than the rows and columns of the images, [3, 8, 6], got 6; ' +
        'take fewer pixels',
      { ...none, crop: 6 },
      [3, 8, 6] as const,
    ],
  ])('%s', (message, augment, shape) => {
    expect(() => checkAugmentFits(augment, shape)).toThrow(new ConfigurationError(message));
  });

  test('any other is', () => {
    expect(() => checkAugmentFits(null, [1, 1, 4])).not.toThrow();
    const photo = { ...none, saturation: 0.2, crop: 5, flip: 1, erase: 0.9 };
    expect(() => checkAugmentFits(photo, [3, 8, 6])).not.toThrow();
  });
});
