import type { Cell } from '../../figure/rows.ts';
import type { Color } from './colors.ts';

/** A painted picture, and a filter at a place of it. */
export interface SumState {
  /** Colours `[5, 5]`. */
  readonly picture: readonly Color[];
  /** The colour to paint with. */
  readonly brush: Color;
  /** Place in the picture that the keyboard has. */
  readonly cursor: Cell;
  /** Weights `[3, 3, 3]`: red, green, blue. */
  readonly weights: readonly number[];
  /** Place of the window. */
  readonly at: Cell;
}
