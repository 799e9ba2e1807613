import { normal } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { treeSum } from './tree-sum.ts';

/** By pairs of neighbours, an odd one carried up. */
function pairwise(values: readonly number[]): number {
  if (values.length === 1) return values[0];
  const sums: number[] = [];
  for (let i = 0; i < values.length; i += 2) {
    sums.push(i + 1 < values.length ? values[i] + values[i + 1] : values[i]);
  }
  return pairwise(sums);
}

describe('treeSum', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33])('adds %i values as a tree', (count) => {
    const values = normal(1, 'values', new Float64Array(count + 3), 0, 1e6);
    const kept = values.slice();
    expect(treeSum(values, count)).toBe(pairwise([...values.subarray(0, count)]));
    expect(values).toEqual(kept);
  });

  test('by hand: (2⁵³ + 1) + (1 − 2⁵³) is 1, where left to right it would be 0', () => {
    expect(treeSum([2 ** 53, 1, 1, -(2 ** 53)], 4)).toBe(1);
  });

  test('of nothing is 0', () => expect(treeSum([5], 0)).toBe(0));
});
