import type { AnyFigure } from '../../figure/figure.ts';
import { gameFigure } from './game-figure.ts';
import { mapsFigure } from './maps-figure.ts';

/** The figures of the lesson, in its order. */
export const digitTwoFigures: readonly AnyFigure[] = [mapsFigure, gameFigure];
