import type { AnyFigure } from '../../figure/figure.ts';
import { curvesFigure } from './curves-figure.ts';
import { dropoutFigure } from './dropout-figure.ts';
import { gradientFigure } from './gradient-figure.ts';
import { normFigure } from './norm-figure.ts';

/** The figures of the lesson, in its order. */
export const lenetAndAlexnetFigures: readonly AnyFigure[] = [
  curvesFigure,
  gradientFigure,
  normFigure,
  dropoutFigure,
];
