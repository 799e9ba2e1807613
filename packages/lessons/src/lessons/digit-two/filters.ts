import type { Rows } from '@convbook/core';
import type { Text } from '@convbook/page/markup';
import { within } from '../../figure/within.ts';

/** One of the three filters of text E. */
export interface NamedFilter {
  readonly id: string;
  readonly name: Text;
  readonly rows: Rows;
}

/** The filters of text E, in its order. */
export const filters = [
  {
    id: 'horizontal',
    name: { en: 'horizontal', ko: '가로' },
    rows: [
      [1, 1, 1],
      [0, 0, 0],
      [0, 0, 0],
    ],
  },
  {
    id: 'diagonal',
    name: { en: 'diagonal', ko: '대각선' },
    rows: [
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
    ],
  },
  {
    id: 'vertical',
    name: { en: 'vertical', ko: '세로' },
    rows: [
      [0, 0, 1],
      [0, 0, 1],
      [0, 0, 1],
    ],
  },
] as const satisfies readonly NamedFilter[];

/** Rows and columns of a filter. */
export const filterSide = 3;

/** The next number of a weight that is pressed: 0, 1, −1 and 0 again; any other becomes 0. */
export function nextWeight(weight: number): number {
  if (weight === 0) return 1;
  return weight === 1 ? -1 : 0;
}

/** A typed weight, between two ends that a sum of nine stays readable with. */
export function toWeight(typed: number): number {
  return Number.isFinite(typed) ? within(typed, -99, 99) : 0;
}
