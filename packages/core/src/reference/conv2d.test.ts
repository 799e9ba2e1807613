import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../errors.ts';
import { conv2dBackward, conv2dForward } from './conv2d.ts';

const tensor = (shape: readonly number[], ...data: number[]) => ({
  shape,
  data: Float64Array.from(data),
});

describe('conv2d by hand: 2×2 filter over 3×3, bias 10', () => {
  const x = tensor([1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9);
  const w = tensor([1, 1, 2, 2], 1, 2, 0, -1);
  const settings = { stride: [1, 1], padding: [0, 0] } as const;

  test('forward is a cross-correlation: the filter is not flipped', () => {
    const y = conv2dForward(x, w, Float64Array.of(10), settings);
    expect(y).toEqual(tensor([1, 1, 2, 2], 10, 12, 16, 18));
  });

  test('backward', () => {
    const dY = tensor([1, 1, 2, 2], 1, 0, 0, 2);
    expect(conv2dBackward(x, w, dY, settings)).toEqual({
      dX: Float64Array.of(1, 2, 0, 0, 1, 4, 0, 0, -2),
      dW: Float64Array.of(11, 14, 20, 23),
      dBias: Float64Array.of(3),
    });
  });
});

describe('conv2d by hand: two channels, two filters, stride 2, padding 1', () => {
  const x = tensor([1, 2, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8);
  const first = [1, 2, 3, 4, 0, 0, 0, 1];
  const second = [-1, 0, 0, 0, 0, 1, 2, 0];
  const w = tensor([2, 2, 2, 2], ...first, ...second);
  const settings = { stride: [2, 2], padding: [1, 1] } as const;

  test('forward: each window holds one pixel of each channel', () => {
    const y = conv2dForward(x, w, Float64Array.of(0, 100), settings);
    expect(y).toEqual(tensor([1, 2, 2, 2], 9, 6, 6, 4, 100, 112, 107, 96));
  });

  test('backward', () => {
    const dY = tensor([1, 2, 2, 2], 1, 1, 1, 1, 1, 0, 0, 0);
    expect(conv2dBackward(x, w, dY, settings)).toEqual({
      dX: Float64Array.of(4, 3, 2, 1, 1, 0, 0, 0),
      dW: Float64Array.of(4, 3, 2, 1, 8, 7, 6, 5, 0, 0, 0, 1, 0, 0, 0, 5),
      dBias: Float64Array.of(4, 1),
    });
  });
});

describe('conv2d by hand: two samples, 1×2 filter, float32', () => {
  const x = { shape: [2, 1, 1, 3], data: Float32Array.of(1, 2, 3, -1, 0, 5) };
  const w = { shape: [1, 1, 1, 2], data: Float32Array.of(2, -1) };
  const settings = { stride: [1, 1], padding: [0, 0] } as const;

  test('forward', () => {
    expect(conv2dForward(x, w, Float32Array.of(0), settings)).toEqual({
      shape: [2, 1, 1, 2],
      data: Float32Array.of(0, 1, -2, -5),
    });
  });

  test('backward sums the weights over the samples', () => {
    const dY = { shape: [2, 1, 1, 2], data: Float32Array.of(1, 2, 3, 4) };
    expect(conv2dBackward(x, w, dY, settings)).toEqual({
      dX: Float32Array.of(2, 3, -2, 6, 5, -4),
      dW: Float32Array.of(1 + 4 - 3 + 0, 2 + 6 + 0 + 20),
      dBias: Float32Array.of(10),
    });
  });
});

test('conv2d refuses a filter larger than the padded input', () => {
  const x = tensor([1, 1, 2, 2], 1, 2, 3, 4);
  const w = tensor([1, 1, 3, 1], 1, 2, 3);
  expect(() =>
    conv2dForward(x, w, Float64Array.of(0), { stride: [1, 1], padding: [0, 0] }),
  ).toThrow(
    new ConfigurationError(
      'outputSize: expected a kernel of at most 2 (input 2 + 2 × padding 0), got 3; use a smaller kernel or more padding',
    ),
  );
});
