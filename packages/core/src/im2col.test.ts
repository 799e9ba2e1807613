import { describe, expect, test } from 'vitest';
import { assertClose } from './assert-close.ts';
import { ConfigurationError } from './errors.ts';
import { col2im, im2col } from './im2col.ts';
import { normal } from './random.ts';
import { elementCount, type FloatArray, type Tensor } from './tensor.ts';

type Two = readonly [number, number];
const once = { stride: [1, 1], padding: [0, 0] } as const;
const tensor = (shape: readonly number[], ...data: number[]): Tensor => ({
  shape,
  data: Float64Array.from(data),
});

describe('im2col', () => {
  test.each([
    { shape: [1, 3, 7, 7], want: [9, 75] },
    { shape: [10, 3, 7, 7], want: [90, 75] },
  ])('of $shape with 5×5 is $want, as the text says', ({ shape, want }) => {
    const images = { shape, data: new Float32Array(elementCount(shape)) };
    expect(im2col(images, [5, 5], once).shape).toEqual(want);
  });

  test('by hand: two channels, 2×2 window over 2×3', () => {
    const images = tensor([1, 2, 2, 3], 1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60);
    expect(im2col(images, [2, 2], once)).toEqual(
      tensor([2, 8], 1, 2, 4, 5, 10, 20, 40, 50, 2, 3, 5, 6, 20, 30, 50, 60),
    );
  });

  test('by hand: stride 2, padding 1, batch 2, float32', () => {
    const images = { shape: [2, 1, 2, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
    const first = [0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0, 0];
    const second = [0, 0, 0, 5, 0, 0, 6, 0, 0, 7, 0, 0, 8, 0, 0, 0];
    expect(im2col(images, [2, 2], { stride: [2, 2], padding: [1, 1] })).toEqual({
      shape: [8, 4],
      data: Float32Array.of(...first, ...second),
    });
  });

  test.each([
    {
      images: tensor([1, 2, 3, 3], 1, 2),
      kernelSize: [2, 2] as const,
      error: new RangeError(
        "im2col: expected a shape of 4 axes with 2 values, got [1, 2, 3, 3]; pass the array's own shape",
      ),
    },
    {
      images: tensor([1, 1, 2, 2], 1, 2, 3, 4),
      kernelSize: [2, 3] as const,
      error: new ConfigurationError(
        'outputSize: expected a kernel of at most 2 (input 2 + 2 × padding 0), got 3; use a smaller kernel or more padding',
      ),
    },
  ])('refuses: $error.message', ({ images, kernelSize, error }) => {
    expect(() => im2col(images, kernelSize, once)).toThrow(error);
  });
});

describe('col2im', () => {
  test('by hand: overlaps are summed', () => {
    const ones = tensor([4, 4], ...new Array<number>(16).fill(1));
    expect(col2im(ones, [1, 1, 3, 3], [2, 2], once)).toEqual(
      tensor([1, 1, 3, 3], 1, 2, 1, 2, 4, 2, 1, 2, 1),
    );
  });

  test.each<{ shape: number[]; kernelSize: Two; stride: Two; padding: Two }>([
    { shape: [1, 1, 5, 5], kernelSize: [3, 3], stride: [1, 1], padding: [0, 0] },
    { shape: [3, 2, 7, 6], kernelSize: [3, 2], stride: [2, 3], padding: [1, 0] },
    { shape: [2, 3, 4, 9], kernelSize: [1, 4], stride: [3, 1], padding: [0, 2] },
  ])('is the adjoint of im2col: $shape, $kernelSize, $stride, $padding', (at) => {
    const { shape, kernelSize, ...settings } = at;
    const x = { shape, data: normal(1, 'x', new Float64Array(elementCount(shape))) };
    const columns = im2col(x, kernelSize, settings);
    const y = { ...columns, data: normal(1, 'y', new Float64Array(columns.data.length)) };
    const back = col2im(y, shape, kernelSize, settings);
    const dot = (a: FloatArray, b: FloatArray) =>
      Array.from(a, (value, index) => value * b[index]).reduce((sum, term) => sum + term, 0);
    const close = { rtol: 1e-12, atol: 1e-12 };
    assertClose([dot(columns.data, y.data)], [dot(x.data, back.data)], close, '<im2col x, y>');
  });

  test.each([
    [
      tensor([4, 8], 1),
      "col2im: expected a shape of 2 axes with 1 values, got [4, 8]; pass the array's own shape",
    ],
    [
      tensor([1, 1], 1),
      'col2im: expected a matrix [4, 8], got [1, 1]; pass the shape and window given to im2col',
    ],
  ])('refuses: $1', (columns, message) => {
    expect(() => col2im(columns, [1, 2, 3, 3], [2, 2], once)).toThrow(new RangeError(message));
  });
});
