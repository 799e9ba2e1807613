import { expect, test } from 'vitest';
import { correlation } from './correlation.ts';
import { classicPatterns, compareFilters } from './filter-likeness.ts';

const patterns = classicPatterns(5, 5);

function snapshotOf(filters: readonly (readonly number[])[]) {
  return { step: 1, shape: [filters.length, 1, 5, 5], weights: Float32Array.from(filters.flat()) };
}

test.each(patterns)('$name.en is recognised, and turned', ({ name, weights }) => {
  const [plain, turned] = compareFilters(
    snapshotOf([weights.map((w) => 3 * w + 1), weights.map((w) => -w)]),
  );
  expect(plain.classic?.name).toBe(name);
  expect(plain.classic?.correlation).toBeCloseTo(1, 6);
  expect(turned.classic?.correlation).toBeCloseTo(-1, 6);
});

test('a dead filter is compared with nothing, and twins find each other', () => {
  const [a, b] = [patterns[0].weights, patterns[5].weights];
  const filters = compareFilters(
    snapshotOf([a, b, a.map((w) => 2 * w), a.map((w) => w / 100)]),
    [4],
  );
  expect(filters.map(({ isDead }) => isDead)).toEqual([false, false, false, true]);
  expect(filters[0].twin?.filter).toBe(3);
  expect(filters[0].twin?.correlation).toBeCloseTo(1, 6);
  expect(filters[3].classic).toBeNull();
});

test('correlation with a constant, or with what is not finite, is 0', () => {
  expect(correlation([1, 1, 1], [1, 2, 3])).toBe(0);
  expect(correlation([1, Infinity, 1], [1, 2, 3])).toBe(0);
});
