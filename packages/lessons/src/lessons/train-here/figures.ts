import type { AnyFigure } from '../../figure/figure.ts';
import { trainFigure } from './figure.ts';

/** The figures of the lesson, in its order. */
export const trainHereFigures: readonly AnyFigure[] = [trainFigure];
