import { expect, test } from 'vitest';
import { logTicks } from './log-ticks.ts';

test.each([
  [0.5, 2000, [1, 10, 100, 1000]],
  [2, 120, [3, 10, 30, 100]],
  [4, 25, [5, 10, 20]],
  [0.02, 0.06, [0.02, 0.03, 0.04, 0.05, 0.06]],
  [5.5, 9.1, [6, 7, 8, 9]],
  [2.1, 2.9, [2.25, 2.5, 2.75]],
  [2.1, 2.2, []],
])('from %d to %d', (low, high, ticks) => {
  expect(logTicks(low, high)).toEqual(ticks);
});
