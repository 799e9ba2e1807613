import { expect, test } from 'vitest';
import { createEpochHistory } from './epoch-history.ts';

interface Epoch {
  epoch: number;
  loss: number;
}

function historyOf(epochs: readonly number[], lowest: number) {
  const history = createEpochHistory<Epoch>([({ loss }) => loss], 4);
  for (const epoch of epochs) history.add({ epoch, loss: Math.abs(epoch - lowest) });
  return history;
}

const upTo = (count: number) => Array.from({ length: count }, (_, k) => k + 1);

test.each([
  [1, 1, [1]],
  [4, 2, [1, 2, 3, 4]],
  [5, 2, [1, 2, 4, 5]],
  [9, 3, [1, 3, 4, 8, 9]],
  [100, 37, [1, 32, 37, 64, 96, 100]],
])('of %i epochs, the best %i, it keeps %j', (count, best, kept) => {
  const history = historyOf(upTo(count), best);
  expect(history.list().map(({ epoch }) => epoch)).toEqual(kept);
  expect(history.count).toBe(count);
});

test('the first of equals is the best', () => {
  const history = createEpochHistory<Epoch>([({ loss }) => loss], 4);
  for (const epoch of upTo(100)) history.add({ epoch, loss: epoch % 10 });
  expect(history.list().map(({ epoch }) => epoch)).toEqual([1, 10, 32, 64, 96, 100]);
});

test('one epoch over and over takes no more than others', () => {
  const history = historyOf(new Array<number>(1000).fill(3), 3);
  expect(history.list().length).toBeLessThanOrEqual(5);
  expect(history.count).toBe(1000);
});
