import { describe, expect, test } from 'vitest';
import { maxPool2dBackward, maxPool2dForward } from './pool2d.ts';

type Two = readonly [number, number];

interface Row {
  title: string;
  shape: readonly number[];
  x: number[];
  size: Two;
  stride: Two;
  padding: Two;
  outputShape: readonly number[];
  y: number[];
  indexes: number[];
  dY: number[];
  dX: number[];
}

const rows: Row[] = [
  {
    title: 'two channels, 2×2',
    shape: [1, 2, 2, 2],
    size: [2, 2],
    stride: [2, 2],
    padding: [0, 0],
    x: [1, 4, 3, 2, -1, -2, -3, -4],
    outputShape: [1, 2, 1, 1],
    y: [4, -1],
    indexes: [1, 4],
    dY: [5, 6],
    dX: [0, 5, 0, 0, 6, 0, 0, 0],
  },
  {
    title: 'ties go to the first in row-major order',
    shape: [1, 1, 2, 4],
    size: [2, 2],
    stride: [2, 2],
    padding: [0, 0],
    x: [7, 7, 0, 3, 7, 7, 3, 3],
    outputShape: [1, 1, 1, 2],
    y: [7, 3],
    indexes: [0, 3],
    dY: [1, 2],
    dX: [1, 0, 0, 2, 0, 0, 0, 0],
  },
  {
    title: 'overlapping windows add their gradients',
    shape: [1, 1, 1, 4],
    size: [1, 2],
    stride: [1, 1],
    padding: [0, 0],
    x: [1, 9, 2, 3],
    outputShape: [1, 1, 1, 3],
    y: [9, 9, 3],
    indexes: [1, 1, 3],
    dY: [1, 10, 100],
    dX: [0, 11, 0, 100],
  },
  {
    title: 'what no window covers gets gradient 0',
    shape: [1, 1, 3, 3],
    size: [2, 2],
    stride: [2, 2],
    padding: [0, 0],
    x: [1, 2, 9, 3, 4, 9, 9, 9, 9],
    outputShape: [1, 1, 1, 1],
    y: [4],
    indexes: [4],
    dY: [8],
    dX: [0, 0, 0, 0, 8, 0, 0, 0, 0],
  },
  {
    title: 'padding never wins, not even over negative values',
    shape: [2, 1, 2, 2],
    size: [2, 2],
    stride: [2, 2],
    padding: [1, 1],
    x: [-1, -2, -3, -4, -5, -6, -7, -8],
    outputShape: [2, 1, 2, 2],
    y: [-1, -2, -3, -4, -5, -6, -7, -8],
    indexes: [0, 1, 2, 3, 4, 5, 6, 7],
    dY: [1, 2, 3, 4, 5, 6, 7, 8],
    dX: [1, 2, 3, 4, 5, 6, 7, 8],
  },
];

describe('max pooling by hand', () => {
  test.each(rows)('$title', ({ shape, x, size, stride, padding, ...want }) => {
    const input = { shape, data: Float64Array.from(x) };
    const { y, indexes } = maxPool2dForward(input, size, { stride, padding });
    expect(y).toEqual({ shape: want.outputShape, data: Float64Array.from(want.y) });
    expect(indexes).toEqual(Int32Array.from(want.indexes));
    expect(maxPool2dBackward(x.length, indexes, Float64Array.from(want.dY))).toEqual(
      Float64Array.from(want.dX),
    );
  });
});
