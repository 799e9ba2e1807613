import { defineFigure, type AnyFigure } from '../../figure/figure.ts';
import { backFigure } from './back-figure.ts';
import { batchFigure } from './batch-figure.ts';
import { matrixFigure } from './matrix-figure.ts';

/** The figures of the lesson, in its order. */
export const im2colFigures: readonly AnyFigure[] = [
  defineFigure(matrixFigure),
  defineFigure(batchFigure),
  defineFigure(backFigure),
];
