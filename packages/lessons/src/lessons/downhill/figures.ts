import type { AnyFigure } from '../../figure/figure.ts';
import { lossFigure } from './loss-figure.ts';
import { trainingFigure } from './training-figure.ts';
import { valleyFigure } from './valley-figure.ts';

/** The figures of the lesson, in its order. */
export const downhillFigures: readonly AnyFigure[] = [valleyFigure, trainingFigure, lossFigure];
