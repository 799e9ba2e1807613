import { expect, test } from 'vitest';
import { neighbourLabels } from './nearest-neighbours.ts';

// On a line: 0 and 1 together, 10, 11 and 12 together.
const values = [0, 1, 10, 11, 12.5];
const labels = [0, 1, 2, 2, 1];

test('the nearest neighbour’s label, and the pairs that are mixed', () => {
  expect(neighbourLabels(values, 1, labels)).toEqual({
    same: 2 / 5,
    mixed: [
      { labels: [0, 1], count: 2 },
      { labels: [1, 2], count: 1 },
    ],
  });
});

test('only some points are asked, and of equally near ones the first answers', () => {
  expect(neighbourLabels([0, 0, 3, 4, -3, -4], 2, [1, 1, 2], [0])).toEqual({ same: 1, mixed: [] });
  expect(neighbourLabels(values, 1, labels, [])).toEqual({ same: 0, mixed: [] });
});
