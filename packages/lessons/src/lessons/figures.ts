// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import type { AnyFigure } from '../figure/figure.ts';
import { chainFigure } from './backwards/chain-figure.ts';
import { lossFigure } from './downhill/loss-figure.ts';
import { trainingFigure } from './downhill/training-figure.ts';
import { valleyFigure } from './downhill/valley-figure.ts';
import { windowFigure } from './pooling/window-figure.ts';

export const figures: readonly AnyFigure[] = [
  windowFigure,
  chainFigure,
  valleyFigure,
  trainingFigure,
  lossFigure,
];
