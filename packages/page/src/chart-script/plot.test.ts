import { expect, test } from 'vitest';
import { around, within } from './plot.ts';
import { bandScale, numberScale } from './scale.ts';

const points = [0, 1, 2, 3, 4].map((x) => ({ x, y: 10 * x }));
const places = (found: readonly { x: number }[]) => found.map(({ x }) => x);

test('around a part is one point on either side', () => {
  expect(places(around(points, [1.5, 2.5]))).toEqual([1, 2, 3]);
  expect(places(around(points, [1.2, 1.8]))).toEqual([1, 2]);
  expect(places(around(points, [0, 4]))).toEqual([0, 1, 2, 3, 4]);
  expect(places(around(points, [5, 6]))).toEqual([]);
});

test('a line enters and leaves a part at its edges', () => {
  expect(within(points, [1.5, 2.5])).toEqual([
    { x: 1.5, y: 15 },
    { x: 2, y: 20 },
    { x: 2.5, y: 25 },
  ]);
  expect(within(points, [1.2, 1.8])).toEqual([
    { x: 1.2, y: 12 },
    { x: 1.8, y: 18 },
  ]);
});

test.each([
  ['linear', [0, 4], 1, 25],
  ['log', [1, 10_000], 10, 25],
] as const)('a %s scale leads to pixels and back', (kind, domain, value, pixel) => {
  const scale = numberScale(kind, domain, [0, 100]);
  expect(scale.toPixel(value)).toBeCloseTo(pixel);
  expect(scale.toValue(pixel)).toBeCloseTo(value);
});

test('rows lie as Vega lays bands', () => {
  const rows = bandScale([1, 2], 76, { inner: 0.3, outer: 0.15 });
  expect([rows.bandwidth, rows.toPixel(1), rows.toPixel(2)].map(Math.round)).toEqual([27, 19, 57]);
  expect([0, 30, 46, 75].map(rows.toValue)).toEqual([1, 1, 2, 2]);
});
