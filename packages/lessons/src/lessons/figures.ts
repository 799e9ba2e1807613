// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import type { AnyFigure } from '../figure/figure.ts';
import { orderFigure } from './many-workers/order-figure.ts';
import { raceFigure } from './many-workers/race-figure.ts';
import { treeFigure } from './many-workers/tree-figure.ts';
import { windowFigure } from './pooling/window-figure.ts';
import { sizesFigure } from './sizes/sizes-figure.ts';

export const figures: readonly AnyFigure[] = [
  windowFigure,
  sizesFigure,
  orderFigure,
  treeFigure,
  raceFigure,
];
