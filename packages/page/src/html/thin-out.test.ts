import { expect, test } from 'vitest';
import { captionOf, evenly, thinOut } from './thin-out.ts';

const items = Array.from({ length: 100 }, (_, k) => k);

test.each([
  ['as many as there may be', 100, [], items],
  ['the first, the last and others evenly between', 5, [], [0, 1, 50, 98, 99]],
  ['those that must be kept', 4, [7], [0, 1, 7, 99]],
  ['kept ones at the ends once', 4, [0, 99], [0, 1, 98, 99]],
])('thinOut: %s', (_name, most, kept, expected) => {
  expect(thinOut(items, most, kept)).toEqual(expected);
});

test('captionOf says how many rows are left out, where some are', () => {
  const caption = { en: 'Rows', ko: '행' };
  expect(captionOf(caption, 3, 3)).toEqual(caption);
  expect(captionOf(caption, 3, 1003)).toEqual({
    en: 'Rows: 3 of 1,003 rows, 1,000 are left out',
    ko: '행: 전체 1,003행 중 3행(1,000행 생략)',
  });
});

test('evenly takes the first and the last', () => {
  expect(evenly([1, 2, 3, 4, 5], 3)).toEqual([1, 3, 5]);
  expect(evenly([1, 2], 3)).toEqual([1, 2]);
});
