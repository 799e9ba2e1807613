// The type checker refuses these lines (one that compiles after all fails `pnpm check`); where types are
// absent, building the model refuses it too.
import { ConfigurationError } from '@convbook/core';
import { expect, test } from 'vitest';
import { conv2d, defineModel, flatten, maxPool2d, residual, toCheckedModel } from '../index.ts';

const input = [1, 8, 8] as const;

test.each([
  [
    'a filter without a size',
    // @ts-expect-error: kernelSize is missing
    () => defineModel({ input, layers: [conv2d({ filters: 3 })] }),
  ],
  [
    'a size that is a text',
    // @ts-expect-error: a number is wanted, or a pair
    () => defineModel({ input, layers: [conv2d({ filters: 3, kernelSize: '3' })] }),
  ],
  [
    'a pair of three',
    // @ts-expect-error: a pair has two numbers
    () => defineModel({ input, layers: [maxPool2d({ size: [2, 2, 2] })] }),
  ],
  [
    'a layer there is not',
    // @ts-expect-error: no such kind
    () => defineModel({ input, layers: [{ kind: 'conv3d' }] }),
  ],
  [
    'a block of a layer there is not',
    // @ts-expect-error: no such kind
    () => defineModel({ input, layers: [residual({ layers: [{ kind: 'conv3d' }] })] }),
  ],
  [
    'a block inside a block',
    () =>
      defineModel({
        input,
        // @ts-expect-error: blocks hold other layers only
        layers: [residual({ layers: [residual({ layers: [flatten()] })] })],
      }),
  ],
  [
    'a model without an input',
    // @ts-expect-error: the input's shape is missing
    () => defineModel({ layers: [flatten()] }),
  ],
])('%s does not compile and cannot be built', (_, define) => {
  expect(() => toCheckedModel(define())).toThrow(ConfigurationError);
});
