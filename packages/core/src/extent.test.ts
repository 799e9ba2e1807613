import { expect, test } from 'vitest';
import { highest, largestSize, lowest } from './extent.ts';

test.each([
  ['some values', [3, -1, 2], -1, 3],
  ['one value', [5], 5, 5],
  ['a typed array', Float32Array.of(0.5, 4), 0.5, 4],
  ['no values', [], Infinity, -Infinity],
  ['NaN among them', [1, NaN, 2], NaN, NaN],
  ['a negative zero', [-0], -0, -0],
])('lowest and highest of %s', (_name, values, low, high) => {
  expect([lowest(values), highest(values)]).toEqual([low, high]);
});

test.each([
  ['some values', [3, -4, 2], 4],
  ['a typed array', Float32Array.of(-0.5, 0.25), 0.5],
  ['no values', [], 0],
  ['NaN among them', [1, NaN, 2], NaN],
])('largest size of %s', (_name, values, size) => {
  expect(largestSize(values)).toBe(size);
});

test('a million values do not overflow the stack', () => {
  const values = Float64Array.from({ length: 1_000_000 }, (_, k) => (k * 7919) % 1_000_003);
  expect([lowest(values), highest(values)]).toEqual([0, 1_000_002]);
});
