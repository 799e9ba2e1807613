import type { AnyFigure } from '../../figure/figure.ts';
import { layersFigure } from './layers-figure.ts';
import { sumFigure } from './sum-figure.ts';

/** The figures of the lesson, in its order. */
export const beginningsFigures: readonly AnyFigure[] = [sumFigure, layersFigure];
