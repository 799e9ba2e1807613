import type { AnyFigure } from '../../figure/figure.ts';
import { sizesFigure } from './sizes-figure.ts';
import { windowFigure } from './window-figure.ts';

/** The figures of the lesson, in its order. */
export const strideAndPaddingFigures: readonly AnyFigure[] = [windowFigure, sizesFigure];
