import type { AnyFigure } from '../../figure/figure.ts';
import { flattenFigure } from './flatten-figure.ts';
import { shiftFigure } from './shift-figure.ts';
import { sizesFigure } from './sizes-figure.ts';

/** The figures of the lesson, in its order. */
export const plainNetworkFigures: readonly AnyFigure[] = [flattenFigure, shiftFigure, sizesFigure];
