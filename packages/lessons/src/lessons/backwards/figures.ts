import type { AnyFigure } from '../../figure/figure.ts';
import { chainFigure } from './chain-figure.ts';

/** The figures of the lesson, in its order. */
export const backwardsFigures: readonly AnyFigure[] = [chainFigure];
