import { expect, test } from 'vitest';
import { labelOffsets, runningMean, sampleEvery, thin } from './series.ts';

const points = [5, 1, 4, 2, 9, 0, 3, 3].map((y, x) => ({ x, y }));

test('thin keeps the lowest and the highest of each bucket, in their order', () => {
  expect(thin(points, 2)).toEqual([
    { x: 0, y: 5 },
    { x: 1, y: 1 },
    { x: 4, y: 9 },
    { x: 5, y: 0 },
  ]);
  expect(thin(points, 4)).toEqual(points);
});

test('runningMean is the mean of the last points, of fewer at the start', () => {
  expect(runningMean(points, 2).map(({ y }) => y)).toEqual([5, 3, 2.5, 3, 5.5, 4.5, 1.5, 3]);
});

test('sampleEvery always keeps the last point', () => {
  expect(sampleEvery(points, 3).map(({ x }) => x)).toEqual([1, 4, 7]);
});

test('labelOffsets moves a label down where it would meet the one above, and up from the axis', () => {
  expect(labelOffsets([0.5, 0.5, 0.25], 100)).toEqual([0, 15, 5]);
  expect(labelOffsets([0, 0.25, 0.01], 100)).toEqual([-7, -12, -21]);
});
