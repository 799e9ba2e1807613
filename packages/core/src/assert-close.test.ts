import { describe, expect, test } from 'vitest';
import { assertClose } from './assert-close.ts';

const tight = { rtol: 1e-3, atol: 1e-6 };

describe('assertClose accepts', () => {
  test.each([
    ['equal values', [1, 2, 3], [1, 2, 3]],
    ['values within rtol', [1000.9], [1000]],
    ['values within atol', [9e-7], [0]],
    ['equal infinities', [Infinity, -Infinity], [Infinity, -Infinity]],
    ['both zeros', [0], [-0]],
    ['nothing', [], []],
  ])('%s', (_, got, want) => assertClose(got, want, tight, 'case'));

  test('equal infinities under no tolerance at all', () => {
    assertClose([Infinity], [Infinity], { rtol: 0, atol: 0 }, 'case');
  });

  test('typed arrays', () => {
    assertClose(Float32Array.of(0.1), Float64Array.of(0.1), tight, 'case');
  });
});

describe('assertClose refuses', () => {
  test.each([
    [
      'values too far, with first and worst',
      [0, 1, 2, 3, 4.5, 6],
      [0, 1, 2, 3, 4, 5],
      [2, 1, 3],
      'conv: 2 of 6 values of shape [2, 1, 3] are not close (rtol 0.001, atol 0.000001), first at [1, 0, 1] got 4.5, want 4; worst at [1, 0, 2] got 6, want 5, error 1',
    ],
    [
      'NaN on both sides',
      [NaN],
      [NaN],
      [1],
      'conv: 1 of 1 values of shape [1] are not close (rtol 0.001, atol 0.000001), first at [0] got NaN, want NaN; worst at [0] got NaN, want NaN, error Infinity',
    ],
    [
      'opposite infinities',
      [Infinity],
      [-Infinity],
      [1],
      'conv: 1 of 1 values of shape [1] are not close (rtol 0.001, atol 0.000001), first at [0] got Infinity, want -Infinity; worst at [0] got Infinity, want -Infinity, error Infinity',
    ],
    [
      'a number where infinity is wanted',
      [1],
      [Infinity],
      [1],
      'conv: 1 of 1 values of shape [1] are not close (rtol 0.001, atol 0.000001), first at [0] got 1, want Infinity; worst at [0] got 1, want Infinity, error Infinity',
    ],
    [
      'another length',
      [1, 2],
      [1, 2, 3],
      [3],
      'conv: expected 3 values for shape [3], got 2 and want 3; compare arrays of that shape',
    ],
  ])('%s', (_, got, want, shape, message) => {
    expect(() => assertClose(got, want, { shape, ...tight }, 'conv')).toThrow(new Error(message));
  });
});
