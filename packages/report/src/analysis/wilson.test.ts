import { expect, test } from 'vitest';
import { wilsonInterval } from './wilson.ts';

// Agresti and Coull's example and the usual textbook ones, as R's prop.test(correct = FALSE) gives them.
test.each([
  [8, 10, 0.4901625, 0.9433178],
  [0, 10, 0, 0.2775328],
  [10, 10, 0.7224672, 1],
  [0, 0, 0, 1],
])('%i of %i: %f to %f', (correct, samples, low, high) => {
  const interval = wilsonInterval(correct, samples);
  expect(interval.low).toBeCloseTo(low, 6);
  expect(interval.high).toBeCloseTo(high, 6);
});
