import { normal } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { expect, test } from 'vitest';
import { compareFilters, likenessLimits } from './filter-likeness.ts';
import { twinFilters } from './filter-twins.ts';

const module = await loadKernelModule('plain');
const size = 3 * 3 * 3;
const random = (name: string) => normal(7, name, new Float32Array(size), 0, 1);
const [a, b, c] = ['a', 'b', 'c'].map(random);
const rows = [
  a,
  b,
  c,
  a.map((weight) => 3 * weight + 1),
  b.map((weight) => weight / 100),
  b.map((weight, k) => weight + 0.1 * c[k]),
  c.map((weight) => -weight),
];
const snapshot = {
  step: 0,
  shape: [rows.length, 3, 3, 3],
  weights: Float32Array.from(rows.flatMap((row) => [...row])),
};

test('names pairs that are nearly the same, without dead ones', () => {
  expect(twinFilters(snapshot, module, [5])).toEqual([
    [1, 4],
    [2, 6],
  ]);
});

test('says what the comparison of first-layer filters says', () => {
  const compared = compareFilters(snapshot, [5]);
  expect(compared.flatMap(({ filter, isDead }) => (isDead ? [filter] : []))).toEqual([5]);
  const twins = compared.flatMap(({ filter, twin }) =>
    twin !== null && twin.filter > filter && twin.correlation >= likenessLimits.duplicate
      ? [[filter, twin.filter]]
      : [],
  );
  expect(twinFilters(snapshot, module, [5])).toEqual(twins);
});

test('constant filters resemble nothing', () => {
  const flat = { step: 0, shape: [2, 1, 5, 5], weights: new Float32Array(50).fill(0.1) };
  expect(twinFilters(flat, module)).toEqual([]);
  expect(compareFilters(flat).map(({ classic }) => classic?.correlation)).toEqual([0, 0]);
});
