import type { AnyFigure } from '../../figure/figure.ts';
import { filterFigure } from './filter-figure.ts';
import { mapsFigure } from './maps-figure.ts';

/** The figures of the lesson, in its order. */
export const deeperLayersFigures: readonly AnyFigure[] = [mapsFigure, filterFigure];
