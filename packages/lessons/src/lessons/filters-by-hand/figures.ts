import type { AnyFigure } from '../../figure/figure.ts';
import { filterFigure } from './filter-figure.ts';
import { sheetFigure } from './sheet-figure.ts';

/** The figures of the lesson, in its order. */
export const filtersByHandFigures: readonly AnyFigure[] = [filterFigure, sheetFigure];
