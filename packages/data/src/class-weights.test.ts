import { expect, test } from 'vitest';
import { balancedClassWeights, countLabels } from './class-weights.ts';

const labels = new Uint8Array(new SharedArrayBuffer(8));
labels.set([0, 2, 2, 0, 2, 2, 3, 3]);

test('labels are counted by class', () => {
  expect(countLabels({ labels }, 8, 5)).toEqual([2, 0, 4, 2, 0]);
  expect(countLabels({ labels }, 3, 4)).toEqual([1, 0, 2, 0]);
});

test('a class weighs samples / (classes · its samples), one without samples nothing', () => {
  expect(balancedClassWeights({ labels, count: 8 }, 4)).toEqual([1, 0, 0.5, 1]);
  expect(balancedClassWeights({ labels, count: 5 }, 3)).toEqual([5 / 6, 0, 5 / 9]);
});

test('equal classes weigh 1', () => {
  expect(balancedClassWeights({ labels: labels.subarray(0, 4), count: 4 }, 3)).toEqual([
    2 / 3,
    0,
    2 / 3,
  ]);
  expect(balancedClassWeights({ labels: labels.subarray(6), count: 2 }, 4)[3]).toBe(0.25);
});
