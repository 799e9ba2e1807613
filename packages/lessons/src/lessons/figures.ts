// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import type { AnyFigure } from '../figure/figure.ts';
import { filterFigure } from './deeper-layers/filter-figure.ts';
import { mapsFigure } from './deeper-layers/maps-figure.ts';
import { flattenFigure } from './plain-network/flatten-figure.ts';
import { shiftFigure } from './plain-network/shift-figure.ts';
import { sizesFigure } from './plain-network/sizes-figure.ts';
import { windowFigure } from './pooling/window-figure.ts';

export const figures: readonly AnyFigure[] = [
  flattenFigure,
  shiftFigure,
  sizesFigure,
  windowFigure,
  mapsFigure,
  filterFigure,
];
