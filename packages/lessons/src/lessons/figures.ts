// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import type { AnyFigure } from '../figure/figure.ts';
import { filterFigure } from './filters-by-hand/filter-figure.ts';
import { sheetFigure } from './filters-by-hand/sheet-figure.ts';
import { gradientFigure } from './pooling/gradient-figure.ts';
import { shiftFigure } from './pooling/shift-figure.ts';
import { windowFigure } from './pooling/window-figure.ts';

export const figures: readonly AnyFigure[] = [
  windowFigure,
  shiftFigure,
  gradientFigure,
  filterFigure,
  sheetFigure,
];
