// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import type { AnyFigure } from '../figure/figure.ts';
import { activationFigure } from './channels/activation-figure.ts';
import { bankFigure } from './channels/bank-figure.ts';
import { sumFigure } from './channels/sum-figure.ts';
import { windowFigure } from './pooling/window-figure.ts';
import { sizesFigure } from './stride-and-padding/sizes-figure.ts';
import { windowFigure as strideFigure } from './stride-and-padding/window-figure.ts';

export const figures: readonly AnyFigure[] = [
  sumFigure,
  activationFigure,
  bankFigure,
  strideFigure,
  sizesFigure,
  windowFigure,
];
