import { expect, test } from 'vitest';
import { moveTo, partOf, pinch, zoomAround, type ZoomAxis } from './zoom.ts';

const linear: ZoomAxis = { kind: 'linear', whole: [0, 10] };
const logarithmic: ZoomAxis = { kind: 'log', whole: [1, 10_000] };

test('a part is within the whole, whichever end comes first', () => {
  expect(partOf(linear, 4, 2)).toEqual([2, 4]);
  expect(partOf(linear, -3, 5)).toEqual([0, 5]);
  expect(partOf(linear, 0, 12)).toBeNull();
  expect(partOf(linear, 3, 3)).toBeNull();
});

test('the place that is zoomed around stays where it is', () => {
  expect(zoomAround(linear, [0, 10], 2, 1 / 2)).toEqual([1, 6]);
  expect(zoomAround(linear, [1, 6], 2, 2)).toBeNull();
  expect(zoomAround(linear, [8, 10], 10, 2)).toEqual([6, 10]);
  const [low, high] = zoomAround(logarithmic, [1, 10_000], 100, 1 / 2) ?? [];
  expect(low).toBeCloseTo(10);
  expect(high).toBeCloseTo(1000);
});

test('a part moves as far as it must', () => {
  expect(moveTo(linear, [2, 4], 3)).toEqual([2, 4]);
  expect(moveTo(linear, [2, 4], 5)).toEqual([3, 5]);
  expect(moveTo(linear, [2, 4], 1)).toEqual([1, 3]);
});

test('what was under two fingers stays under them', () => {
  expect(pinch(linear, [0, 10], [0.4, 0.6], [0.2, 0.8])).toEqual([
    expect.closeTo(10 / 3, 10),
    expect.closeTo(20 / 3, 10),
  ]);
  expect(pinch(linear, [2, 4], [0.2, 0.8], [0.48, 0.52])).toBeNull();
  expect(pinch(linear, [2, 4], [0.2, 0.8], [0.5, 0.5])).toEqual([2, 4]);
  expect(pinch(linear, [2, 4], [0.2, 0.8], [0.8, 0.2])).toEqual([2, 4]);
});
