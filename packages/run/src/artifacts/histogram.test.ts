import { normal } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import {
  countValues,
  emptyHistogram,
  isLimit,
  sideBins,
  valueCount,
  withLimit,
  type Histogram,
} from './histogram.ts';

/** Places in the counts, relative to the middle, with what they count. */
function filled({ counts }: Histogram): [number, number][] {
  return [...counts.entries()].flatMap(([at, count]): [number, number][] =>
    count === 0 ? [] : [[at - sideBins, count]],
  );
}

const histogramOf = (...values: number[]) =>
  countValues(emptyHistogram(), Float32Array.from(values));

describe('countValues', () => {
  test('zeros have a bin of their own; a bin holds its lower end, away from zero', () => {
    const histogram = histogramOf(0, -0, 1, 1 / 64, -1 / 64, 0.001, -0.001, 1.999, -1.999);
    expect(histogram.limit).toBe(2);
    expect(filled(histogram)).toEqual([
      [-128, 1],
      [-2, 1],
      [-1, 1],
      [0, 2],
      [1, 1],
      [2, 1],
      [65, 1],
      [128, 1],
    ]);
  });

  test.each([
    [0, 1 / 2 ** 32],
    [0.3, 0.5],
    [0.5, 1],
    [1, 2],
    [-5, 8],
    [3e38, 2 ** 32],
  ])('of %d the limit is %d', (value, limit) => {
    const histogram = histogramOf(value);
    expect(histogram.limit).toBe(limit);
    expect(isLimit(limit)).toBe(true);
    expect(valueCount(histogram)).toBe(1);
  });

  test('values far outside are counted at the ends', () => {
    expect(filled(histogramOf(1e38, -1e38))).toEqual([
      [-128, 1],
      [128, 1],
    ]);
  });

  test('values of any sizes, a few at a time, in any order: the counts of all at once', () => {
    const values = normal(1, 'x', new Float32Array(999), 0, 0.2).map((x, k) => x * (1 + (k % 7)));
    const together = countValues(emptyHistogram(), values);
    for (const size of [1, 10, 999]) {
      let histogram = emptyHistogram();
      for (let from = 0; from < values.length; from += size) {
        histogram = countValues(histogram, values.subarray(from, from + size));
      }
      expect(histogram).toEqual(together);
      expect(valueCount(histogram)).toBe(999);
    }
    const turned = countValues(emptyHistogram(), values.toReversed());
    expect(turned).toEqual(together);
  });
});

test('withLimit: two bins become one, and zeros stay apart', () => {
  const histogram = histogramOf(0, 0.1, 0.9, -0.4);
  const wide = withLimit(histogram, 8);
  expect(wide.limit).toBe(8);
  expect(filled(wide)).toEqual([
    [-7, 1],
    [0, 1],
    [2, 1],
    [15, 1],
  ]);
  expect(filled(histogramOf(0, 0.1, 0.9, -0.4, 7)).slice(0, 4)).toEqual(filled(wide));
});

test.each([0, -1, 3, NaN, Infinity, 2 ** 33])('%d is no limit', (value) => {
  expect(isLimit(value)).toBe(false);
});
