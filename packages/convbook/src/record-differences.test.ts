import { expect, test } from 'vitest';
import { recordDifferences } from './record-differences.ts';

test.each([
  ['equal records', { a: { b: [1, 'x', null] } }, { a: { b: [1, 'x', null] } }, []],
  ['a number', { a: { b: 1 } }, { a: { b: 2 } }, ['a.b: expected 1, got 2']],
  ['a list', { a: [1, 2] }, { a: [1] }, ['a.1: expected 2, got nothing']],
  ['a field that is new', {}, { a: 'x' }, ['a: expected nothing, got "x"']],
  ['another kind', { a: null }, { a: {} }, ['a: expected null, got {}']],
])('%s', (_, expected, got, lines) => {
  expect(recordDifferences(expected, got)).toEqual(lines);
});

test('twenty are named', () => {
  const lines = recordDifferences(
    {},
    Array.from({ length: 23 }, (_, k) => k),
  );
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe('and 3 more');
});
