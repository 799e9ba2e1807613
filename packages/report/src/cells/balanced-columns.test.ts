import { expect, test } from 'vitest';
import { balancedColumns } from './balanced-columns.ts';

test.each([
  [0, 11, 1],
  [1, 11, 1],
  [11, 11, 11],
  [12, 11, 8],
  [16, 11, 8],
  [26, 11, 9],
  [26, 5, 4],
  [200, 11, 10],
])('%i tiles of which %i fit take %i columns', (tiles, most, columns) => {
  expect(balancedColumns(tiles, most)).toBe(columns);
});

test('leaves no tile alone in the last row', () => {
  for (let tiles = 2; tiles <= 300; tiles++) {
    const columns = balancedColumns(tiles, 11);
    expect((tiles - 1) % columns, `${tiles} tiles`).not.toBe(0);
  }
});
