import type { Histogram } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { deviationOf, outlineOf, rangeOfMost, zeroShare } from './spread.ts';

/** Counts by their place relative to the middle; a bin is 1 / 16 wide. */
function histogramOf(filled: Record<number, number>, limit = 8): Histogram {
  const counts = new Int32Array(257);
  for (const [place, count] of Object.entries(filled)) counts[128 + Number(place)] = count;
  return { limit, counts };
}

test('zeroShare', () => {
  expect(zeroShare(histogramOf({ 0: 3, 5: 1 }))).toBe(0.75);
  expect(zeroShare(histogramOf({}))).toBe(0);
});

test('deviationOf: bins count as their middles, zeros as 0', () => {
  // Middles are −1/32 and 1/32.
  expect(deviationOf(histogramOf({ [-1]: 5, 1: 5 }))).toBeCloseTo(1 / 32, 12);
  expect(deviationOf(histogramOf({ [-1]: 1, 0: 2, 1: 1 }))).toBeCloseTo(1 / 32 / Math.sqrt(2), 12);
  expect(deviationOf(histogramOf({}))).toBe(0);
});

describe('rangeOfMost', () => {
  test('reaches from the first bin to the end of the last, without zeros', () => {
    expect(rangeOfMost(histogramOf({ [-16]: 1, 0: 9, 32: 1 }))).toEqual([-1, 2]);
    expect(rangeOfMost(histogramOf({ 0: 9 }))).toBeNull();
  });

  test('leaves out a thousandth at each end', () => {
    expect(rangeOfMost(histogramOf({ [-128]: 1, 16: 5000, 128: 1 }))).toEqual([15 / 16, 1]);
  });
});

describe('outlineOf', () => {
  test('sums bins in wide cells and divides them among narrow ones', () => {
    const histogram = histogramOf({ [-1]: 4, 0: 7, 1: 8, 2: 2 });
    expect(outlineOf(histogram, [-1, 1], 2)).toEqual([4, 10]);
    expect(outlineOf(histogram, [0, 1 / 8], 4)).toEqual([4, 4, 1, 1]);
  });

  test('a bin wider than the range gives its part', () => {
    expect(outlineOf(histogramOf({ 1: 8 }, 128), [0, 0.5], 2)).toEqual([2, 2]);
  });
});
