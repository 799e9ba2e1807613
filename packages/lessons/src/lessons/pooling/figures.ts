import type { AnyFigure } from '../../figure/figure.ts';
import { gradientFigure } from './gradient-figure.ts';
import { shiftFigure } from './shift-figure.ts';
import { windowFigure } from './window-figure.ts';

/** The figures of the lesson, in its order. */
export const poolingFigures: readonly AnyFigure[] = [windowFigure, shiftFigure, gradientFigure];
