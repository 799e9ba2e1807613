import { expect, test } from 'vitest';
import { nearestImages } from './nearest-images.ts';

const means = [[0, 10], [100, 100], [50, 50]]; // prettier-ignore
const images = new Map([
  [9, [0, 12]],
  [4, [2, 10]],
  [2, [0, 14]],
  [5, [100, 90]],
  [7, [0, 10]],
]);
const labels = [9, 9, 0, 9, 0, 1, 9, 1, 9, 0];

test('the nearest image of its own class, the first of two as near, null where there is none', () => {
  expect(nearestImages(means, images, labels)).toEqual([
    { index: 4, distance: 4 },
    { index: 5, distance: 100 },
    null,
  ]);
});
