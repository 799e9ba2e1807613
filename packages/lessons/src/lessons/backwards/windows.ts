// Windows of 2×2 with stride 1, as the filter and the pooling of the figure have them.
import { highest, lowest } from '@convbook/core';
import type { Area, Cell } from '../../figure/rows.ts';
import { mapSide } from './network.ts';

export const area = (row: number, column: number, height = 1, width = 1): Area => ({
  row,
  column,
  height,
  width,
});

/** Windows of 2×2 that a place lies in, of `count` by `count`. */
export function placesBefore(row: number, column: number, count: number): Cell[] {
  const found: Cell[] = [];
  for (const r of [row - 1, row]) {
    for (const c of [column - 1, column]) {
      if (r >= 0 && c >= 0 && r < count && c < count) found.push({ row: r, column: c });
    }
  }
  return found;
}

/** The smallest area that has all of the places. */
export function around(places: readonly Cell[]): Area {
  const [rows, columns] = [places.map(({ row }) => row), places.map(({ column }) => column)];
  const [top, left] = [lowest(rows), lowest(columns)];
  return area(top, left, highest(rows) - top + 1, highest(columns) - left + 1);
}

/** Where the largest number of a window over the map is; of equal ones the first. */
export function winnerOf(values: readonly number[], window: Cell): number {
  const places = [0, 1, mapSide, mapSide + 1].map((k) => window.row * mapSide + window.column + k);
  return places.reduce((best, at) => (values[at] > values[best] ? at : best));
}
