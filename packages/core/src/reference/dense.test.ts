import { describe, expect, test } from 'vitest';
import { denseBackward, denseForward } from './dense.ts';

describe.each([
  { precision: 'float64', of: (...values: number[]) => Float64Array.from(values) },
  { precision: 'float32', of: (...values: number[]) => Float32Array.from(values) },
])('dense by hand: 2 samples, 3 inputs, 2 outputs, $precision', ({ of }) => {
  const x = { shape: [2, 3], data: of(1, 2, 3, 4, 5, 6) };
  const w = { shape: [2, 3], data: of(1, 0, -1, 2, 2, 2) };

  test('forward', () => {
    expect(denseForward(x, w, of(10, 20))).toEqual({
      shape: [2, 2],
      data: of(8, 32, 8, 50),
    });
  });

  test('backward', () => {
    const dY = { shape: [2, 2], data: of(1, 2, 3, -1) };
    expect(denseBackward(x, w, dY)).toEqual({
      dX: of(5, 4, 3, 1, -2, -5),
      dW: of(13, 17, 21, -2, -1, 0),
      dBias: of(4, 1),
    });
  });
});
