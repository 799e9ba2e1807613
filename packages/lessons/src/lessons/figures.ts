// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import type { AnyFigure } from '../figure/figure.ts';
import { windowFigure } from './pooling/window-figure.ts';
import { trainFigure } from './train-here/figure.ts';

export const figures: readonly AnyFigure[] = [windowFigure, trainFigure];
