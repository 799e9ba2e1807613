// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import type { AnyFigure } from '../figure/figure.ts';
import { layersFigure } from './beginnings/layers-figure.ts';
import { sumFigure } from './beginnings/sum-figure.ts';
import { gameFigure } from './digit-two/game-figure.ts';
import { mapsFigure } from './digit-two/maps-figure.ts';
import { windowFigure } from './pooling/window-figure.ts';

export const figures: readonly AnyFigure[] = [
  windowFigure,
  mapsFigure,
  gameFigure,
  sumFigure,
  layersFigure,
];
