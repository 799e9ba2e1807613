import { expect, test } from 'vitest';
import { smoothingWindow, smoothingWindows } from './smoothing.ts';

test.each([
  [1, 1, [1]],
  [20, 2, [1, 2]],
  [60, 6, [1, 3, 6]],
  [120, 10, [1, 3, 10, 30]],
  [3600, 36, [1, 3, 10, 36, 100, 300]],
  [12_000, 120, [1, 3, 10, 30, 120, 300, 1000, 3000]],
])('of %i steps %i are the usual, and %j can be chosen', (count, usual, all) => {
  const steps = { length: count } as never;
  expect(smoothingWindow({ steps })).toBe(usual);
  expect(smoothingWindows({ steps })).toEqual(all);
});
