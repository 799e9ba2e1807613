import { expect, test } from 'vitest';
import { chanceOfLikeness, tailOfBinomial } from './likeness-chance.ts';

test.each([
  [1, 0, 0],
  [3, 0.16, 0.19],
  [5, 1e-4, 1e-3],
  [11, 0, 0],
])('of random filters of side %i, between %d and %d resemble a classic one', (side, low, high) => {
  const chance = chanceOfLikeness(side, side);
  expect(chance).toBeGreaterThanOrEqual(low);
  expect(chance).toBeLessThanOrEqual(high);
  expect(chanceOfLikeness(side, side)).toBe(chance);
});

test.each([
  [0, 5, 0.3, 1],
  [1, 2, 0.5, 0.75],
  [2, 2, 0.5, 0.25],
  [1, 30, 0, 0],
])('at least %i hits in %i of probability %d: %d', (count, trials, chance, expected) => {
  expect(tailOfBinomial(count, trials, chance)).toBeCloseTo(expected, 12);
});
