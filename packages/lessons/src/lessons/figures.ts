// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import type { AnyFigure } from '../figure/figure.ts';
import { curvesFigure } from './lenet-and-alexnet/curves-figure.ts';
import { dropoutFigure } from './lenet-and-alexnet/dropout-figure.ts';
import { gradientFigure } from './lenet-and-alexnet/gradient-figure.ts';
import { normFigure } from './lenet-and-alexnet/norm-figure.ts';
import { windowFigure } from './pooling/window-figure.ts';
import { trainFigure } from './train-here/figure.ts';

export const figures: readonly AnyFigure[] = [
  windowFigure,
  trainFigure,
  curvesFigure,
  gradientFigure,
  normFigure,
  dropoutFigure,
];
