import { expect, test } from 'vitest';
import { dots } from '../images/dots.ts';
import { nearestPoint, nextPoint, parsePoints, pointsIn, type MapPoint } from './map-points.ts';

const places = [
  { x: 10, y: 10 },
  { x: 40, y: 12 },
  { x: 15, y: 60 },
  { x: 90, y: 95 },
];
const points = parsePoints(dots(places), '7 3 12 500', 2, true);
const indexOf = (point: MapPoint | null) => point?.index ?? null;

test('a path is read back to the points it was made of', () => {
  expect(points).toEqual(
    places.map((place, k) => ({ ...place, index: [7, 3, 12, 500][k], label: 2, isWrong: true })),
  );
});

test.each([
  [12, 12, Infinity, 7],
  [38, 20, 9, 3],
  [60, 60, 9, null],
])('the point nearest to (%i, %i) within %d', (x, y, within, expected) => {
  expect(indexOf(nearestPoint(points, x, y, within))).toBe(expected);
});

test.each([
  ['right', [1, 0], 0, 3],
  ['down', [0, 1], 0, 12],
  ['left', [-1, 0], 0, null],
  ['up', [0, -1], 3, 3],
] as const)('a step %s', (_, direction, from, expected) => {
  expect(indexOf(nextPoint(points, points[from], direction))).toBe(expected);
});

test('a frame has what lies in it and on its edges, whichever corner it began at', () => {
  const frame = { from: { x: 40, y: 60 }, to: { x: 10, y: 12 } };
  expect(pointsIn(points, frame).map(indexOf)).toEqual([3, 12]);
});
