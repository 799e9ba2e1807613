import { expect, test } from 'vitest';
import { balancedClassWeights, countLabels } from './class-weights.ts';
import { allIndexes } from './split.ts';

const labels = Uint8Array.of(0, 2, 2, 0, 2, 2, 3, 3);

test('labels are counted by class', () => {
  expect(countLabels(labels, allIndexes(8), 5)).toEqual([2, 0, 4, 2, 0]);
  expect(countLabels(labels, allIndexes(3), 4)).toEqual([1, 0, 2, 0]);
  expect(countLabels(labels, Uint32Array.of(1, 3, 7), 4)).toEqual([1, 0, 1, 1]);
});

test('a class weighs samples / (classes · its samples), one without samples nothing', () => {
  expect(balancedClassWeights(labels, allIndexes(8), 4)).toEqual([1, 0, 0.5, 1]);
  expect(balancedClassWeights(labels, allIndexes(5), 3)).toEqual([5 / 6, 0, 5 / 9]);
});

test('equal classes weigh 1', () => {
  expect(balancedClassWeights(labels, allIndexes(4), 3)).toEqual([2 / 3, 0, 2 / 3]);
  expect(balancedClassWeights(labels, Uint32Array.of(6, 7), 4)[3]).toBe(0.25);
});
