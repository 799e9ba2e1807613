// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import { defineFigure, type AnyFigure } from '../figure/figure.ts';
import { flattenFigure } from './plain-network/flatten-figure.ts';
import { shiftFigure as shiftedNetFigure } from './plain-network/shift-figure.ts';
import { sizesFigure as plainSizesFigure } from './plain-network/sizes-figure.ts';
import { signalFigure } from './convolution/signal-figure.ts';
import { windowFigure as convolutionFigure } from './convolution/window-figure.ts';
import { activationFigure } from './channels/activation-figure.ts';
import { bankFigure } from './channels/bank-figure.ts';
import { sumFigure } from './channels/sum-figure.ts';
import { windowFigure } from './pooling/window-figure.ts';
import { gradientFigure } from './pooling/gradient-figure.ts';
import { shiftFigure } from './pooling/shift-figure.ts';
import { filterFigure } from './filters-by-hand/filter-figure.ts';
import { sheetFigure } from './filters-by-hand/sheet-figure.ts';
import { gameFigure } from './digit-two/game-figure.ts';
import { mapsFigure } from './digit-two/maps-figure.ts';
import { sizesFigure } from './sizes/sizes-figure.ts';
import { backFigure } from './im2col/back-figure.ts';
import { batchFigure } from './im2col/batch-figure.ts';
import { matrixFigure } from './im2col/matrix-figure.ts';
import { chainFigure } from './backwards/chain-figure.ts';
import { trainFigure } from './train-here/figure.ts';
import { orderFigure } from './many-workers/order-figure.ts';
import { raceFigure } from './many-workers/race-figure.ts';
import { treeFigure } from './many-workers/tree-figure.ts';

export const figures: readonly AnyFigure[] = [
  flattenFigure,
  shiftedNetFigure,
  plainSizesFigure,
  defineFigure(signalFigure),
  defineFigure(convolutionFigure),
  windowFigure,
  sumFigure,
  activationFigure,
  bankFigure,
  gradientFigure,
  shiftFigure,
  filterFigure,
  sheetFigure,
  mapsFigure,
  gameFigure,
  sizesFigure,
  defineFigure(matrixFigure),
  defineFigure(batchFigure),
  defineFigure(backFigure),
  chainFigure,
  trainFigure,
  orderFigure,
  treeFigure,
  raceFigure,
];
