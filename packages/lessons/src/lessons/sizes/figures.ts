import type { AnyFigure } from '../../figure/figure.ts';
import { sizesFigure } from './sizes-figure.ts';

/** The figures of the lesson, in its order. */
export const sizesFigures: readonly AnyFigure[] = [sizesFigure];
