import { expect, test } from 'vitest';
import { countBins } from './count-bins.ts';

test('every value is counted once, those beyond the ends in the last bins', () => {
  const counts = countBins(Float32Array.of(-5, 0, 0.5, 1, 7), [0, 1], 24);
  expect([counts[0], counts[12], counts[23]]).toEqual([2, 1, 2]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(5);
});
