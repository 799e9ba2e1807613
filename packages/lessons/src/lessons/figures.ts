// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import { defineFigure, type AnyFigure } from '../figure/figure.ts';
import { signalFigure } from './convolution/signal-figure.ts';
import { windowFigure as convolutionFigure } from './convolution/window-figure.ts';
import { windowFigure } from './pooling/window-figure.ts';

export const figures: readonly AnyFigure[] = [
  defineFigure(signalFigure),
  defineFigure(convolutionFigure),
  windowFigure,
];
