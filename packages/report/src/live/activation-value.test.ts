import { activationNames } from '@convbook/core/reference';
import { forward } from '@convbook/runtime/network';
import { networkOf } from '@convbook/runtime/testing';
import { expect, test } from 'vitest';
import { activationValue } from './activation-value.ts';

/** Numbers of every size and both signs. */
const numbers = Float32Array.from([
  0,
  -0,
  ...[1e-40, 1e-9, 9e-7, 1.1e-6, 9e-5, 1.1e-4, 0.1, 0.5, 1, 2.75, 7, 22, 86.9, 87.1, 700, 1e20, 3e38]
    .flatMap((size) => [size, -size]),
  ...Array.from({ length: 400 }, (_, k) => (k - 200) / 13),
]); // prettier-ignore

test.each(activationNames)('%s has the bits of the kernel', async (kind) => {
  const network = await networkOf({ input: [numbers.length], layers: [{ kind }] });
  const parameter = { leakyRelu: 0.01, elu: 1 }[kind as string] ?? 0;
  const values = Array.from(numbers, (x) => activationValue(kind, x, parameter));
  expect(values).toEqual([...forward(network, numbers)]);
});
