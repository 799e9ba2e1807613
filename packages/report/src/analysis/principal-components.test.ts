import { normal } from '@convbook/core';
import { assertClose } from '@convbook/core/testing';
import { expect, test } from 'vitest';
import { affordablePoints, coordinatesOn, principalComponents } from './principal-components.ts';

/** Points that vary most along the first dimensions. */
function pointsOf(points: number, dimensions: number): Float32Array {
  const values = normal(3, 'points', new Float32Array(points * dimensions));
  return values.map((value, at) => (value * 3) / (1 + (at % dimensions)) + (at % dimensions));
}

const found = (values: ArrayLike<number>, dimensions: number, axes = 2) => {
  const components = principalComponents(values, dimensions, axes);
  if (components === null) throw new Error('found: expected components, got null');
  return components;
};

test('points on a line as worked out by hand', () => {
  const { coordinates, shares, directions } = found([0, 0, 1, 2, 2, 4], 2);
  const root = Math.sqrt(5);
  assertClose(directions[0], [1 / root, 2 / root], { rtol: 1e-14, atol: 0 }, 'direction');
  assertClose(coordinates, [-root, 0, 0, 0, root, 0], { rtol: 1e-14, atol: 1e-14 }, 'places');
  assertClose(shares, [1, 0], { rtol: 1e-14, atol: 1e-14 }, 'shares');
  expect([...directions[1]]).toEqual([0, 0]);
});

/** Singular values by one-sided rotations of the columns (Hestenes 1958), another way than the one tested. */
function singularValues(values: ArrayLike<number>, dimensions: number): number[] {
  const points = values.length / dimensions;
  const columns = Array.from({ length: dimensions }, (_, k) => {
    const own = Array.from({ length: points }, (_, n) => values[n * dimensions + k]);
    const mean = own.reduce((sum, value) => sum + value, 0) / points;
    return own.map((value) => value - mean);
  });
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, n) => sum + value * b[n], 0);
  for (let sweep = 0; sweep < 40; sweep++) {
    for (let p = 0; p < dimensions; p++) {
      for (let q = p + 1; q < dimensions; q++) {
        const [a, b] = [columns[p], columns[q]];
        const angle = Math.atan2(2 * dot(a, b), dot(a, a) - dot(b, b)) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        columns[p] = a.map((value, n) => c * value + s * b[n]);
        columns[q] = a.map((value, n) => c * b[n] - s * value);
      }
    }
  }
  return columns.map((own) => Math.sqrt(dot(own, own))).sort((a, b) => b - a);
}

test.each([
  [40, 7],
  [5, 12],
  [30, 30],
  [300, 2],
  [3, 1],
])(
  '%i points of %i values: lengths and shares are those of a singular value decomposition',
  (points, dimensions) => {
    const values = pointsOf(points, dimensions);
    const { coordinates, shares, directions } = found(values, dimensions);
    const singular = singularValues(values, dimensions);
    const total = singular.reduce((sum, value) => sum + value * value, 0);
    [0, 1].forEach((axis) => {
      const own = coordinates.filter((_, at) => at % 2 === axis);
      const length = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
      const expected = singular[axis] ?? 0;
      assertClose([length], [expected], { rtol: 1e-9, atol: 1e-12 }, `axis ${axis}`);
      assertClose(
        [shares[axis]],
        [(expected * expected) / total],
        { rtol: 1e-9, atol: 1e-12 },
        `share ${axis}`,
      );
    });
    const [first, second] = directions;
    expect(first.reduce((sum, value, k) => sum + value * second[k], 0)).toBeCloseTo(0, 9);
  },
);

test('the same bits each time; mirrored points have the same axes', () => {
  const values = pointsOf(50, 9);
  const { coordinates, directions } = found(values, 9);
  expect(found(values, 9).coordinates).toEqual(coordinates);
  const mirrored = found(
    values.map((value) => -value),
    9,
  );
  expect(mirrored.directions).toEqual(directions);
  expect(mirrored.coordinates).toEqual(coordinates.map((value) => -value));
});

test('points have the same coordinates on their own axes; others are measured from the same mean', () => {
  const components = found([0, 0, 1, 2, 2, 4], 2);
  expect(coordinatesOn(components, [0, 0, 1, 2, 2, 4])).toEqual(components.coordinates);
  const tolerance = { rtol: 1e-14, atol: 1e-14 };
  assertClose(coordinatesOn(components, [3, 6]), [2 * Math.sqrt(5), 0], tolerance, 'another');
});

test('each axis points to where its largest value is positive', () => {
  for (const direction of found(pointsOf(60, 8), 8).directions) {
    const sizes = direction.map(Math.abs);
    expect(direction[sizes.indexOf(Math.max(...sizes))]).toBeGreaterThan(0);
  }
});

test('points that are all the same have no components', () => {
  expect(principalComponents([1, 2, 1, 2, 1, 2], 2, 2)).toBeNull();
});

test.each([
  [100, 2000, 2000],
  [300, 2000, 2000],
  [1024, 2000, 698],
  [4096, 2000, 349],
  [4096, 200, 200],
])('of %i values and %i points wanted, %i are looked at', (dimensions, wanted, expected) => {
  expect(affordablePoints(dimensions, wanted)).toBe(expected);
});
