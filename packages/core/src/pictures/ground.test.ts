import { describe, expect, test } from 'vitest';
import { borderOf, differenceFrom, isOpposite } from './ground.ts';
import { centerOfMass, longerSide, planeOf } from './plane.ts';

const plane = planeOf(4, 3, (place) => [9, 9, 9, 9, 9, 200, 50, 9, 9, 9, 100, 9][place]);

test('the border by hand: nine of ten pixels are of its grey', () => {
  expect(borderOf(plane)).toEqual({ grey: 9, evenness: 0.9 });
});

test('differences from a ground by hand', () => {
  expect([...differenceFrom(plane, 9).values]).toEqual([0, 0, 0, 0, 0, 175, 25, 0, 0, 0, 75, 0]);
});

describe('isOpposite', () => {
  test.each([
    [0, 'bright', 255, 1, true],
    [0, 'bright', 128, 0.9, true],
    [0, 'bright', 127, 1, false],
    [0, 'bright', 255, 0.89, false],
    [255, 'dark', 0, 1, true],
    [255, 'dark', 200, 1, false],
    [128, 'bright', 255, 1, false],
  ] as const)(
    'ground %d with %s ink, border %d, evenness %d: %s',
    (grey, ink, border, evenness, is) => {
      expect(isOpposite({ grey: border, evenness }, { grey, ink })).toBe(is);
    },
  );
});

test('centre and longer side by hand', () => {
  const ink = planeOf(5, 4, (place) => (place === 6 ? 1 : place === 17 ? 3 : 0));
  expect(centerOfMass(ink)).toEqual([(1.5 + 3 * 2.5) / 4, (1.5 + 3 * 3.5) / 4]);
  expect(longerSide(ink)).toBe(3);
  expect(longerSide(planeOf(5, 4, () => 0))).toBe(0);
});
