import { defineFigure, type AnyFigure } from '../../figure/figure.ts';
import { signalFigure } from './signal-figure.ts';
import { windowFigure } from './window-figure.ts';

/** The figures of the lesson, in its order. */
export const convolutionFigures: readonly AnyFigure[] = [
  defineFigure(signalFigure),
  defineFigure(windowFigure),
];
