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
import { checkLossFits } from './fit.ts';

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
