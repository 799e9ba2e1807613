import { expect, test } from 'vitest';
import { createThinnedList, type ThinnedListOptions } from './thinned-list.ts';

function thinned(count: number, options: ThinnedListOptions<number>): number[] {
  const list = createThinnedList<number>(options);
  for (let event = 0; event < count; event++) list.add(event);
  return list.list();
}

test.each([
  [0, []],
  [1, [0]],
  [4, [0, 1, 2, 3]],
  [5, [0, 2, 4]],
  [8, [0, 2, 4, 6, 7]],
  [100, [0, 32, 64, 96, 99]],
])('of %i events with room for 4 it keeps %j', (count, kept) => {
  expect(thinned(count, { most: 4 })).toEqual(kept);
});

test('heavy events leave less room', () => {
  expect(thinned(9, { most: 8, weigh: () => 4 })).toEqual([0, 8]);
  expect(thinned(3, { most: 1, weigh: () => 100 })).toEqual([0, 2]);
});

test('pinned events stay', () => {
  expect(thinned(100, { most: 4, isPinned: (event) => event === 7 })).toEqual([0, 7, 64, 99]);
});
