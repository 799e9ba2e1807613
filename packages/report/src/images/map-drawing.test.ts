import { expect, test } from 'vitest';
import { drawPoints, middleOf } from './map-drawing.ts';

test('one scale for both directions, up is up, nothing outside', () => {
  const { width, height, points } = drawPoints([
    { x: -2, y: 0 },
    { x: 2, y: 1 },
    { x: 0, y: -1 },
  ]);
  expect([width, height]).toEqual([1000, 530]);
  expect(points).toEqual([
    { x: 30, y: 265 },
    { x: 970, y: 30 },
    { x: 500, y: 500 },
  ]);
});

test.each([
  ['high', [0, 0, 1, 10], [600, 660]],
  ['flat', [0, 0, 10, 0], [1000, 420]],
  ['one place', [3, 3, 3, 3], [600, 420]],
])('points that are %s', (_, [ax, ay, bx, by], expected) => {
  const { width, height, points } = drawPoints([
    { x: ax, y: ay },
    { x: bx, y: by },
  ]);
  expect([width, height]).toEqual(expected);
  for (const { x, y } of points) {
    expect([x, y].every(Number.isInteger)).toBe(true);
    expect(x >= 0 && x <= width && y >= 0 && y <= height).toBe(true);
  }
});

test('the middle is the median of each direction', () => {
  const points = [0, 1, 2, 3, 100].map((x) => ({ x, y: -x }));
  expect(middleOf(points)).toEqual({ x: 2, y: -2 });
});
