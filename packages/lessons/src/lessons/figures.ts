// Every figure of the book, for its page: not the lessons, whose words are in the page already.
import type { AnyFigure } from '../figure/figure.ts';
import { plainNetworkFigures } from './plain-network/figures.ts';
import { convolutionFigures } from './convolution/figures.ts';
import { channelsFigures } from './channels/figures.ts';
import { strideAndPaddingFigures } from './stride-and-padding/figures.ts';
import { poolingFigures } from './pooling/figures.ts';
import { filtersByHandFigures } from './filters-by-hand/figures.ts';
import { digitTwoFigures } from './digit-two/figures.ts';
import { sizesFigures } from './sizes/figures.ts';
import { im2colFigures } from './im2col/figures.ts';
import { backwardsFigures } from './backwards/figures.ts';
import { downhillFigures } from './downhill/figures.ts';
import { beginningsFigures } from './beginnings/figures.ts';
import { trainHereFigures } from './train-here/figures.ts';
import { deeperLayersFigures } from './deeper-layers/figures.ts';
import { lenetAndAlexnetFigures } from './lenet-and-alexnet/figures.ts';
import { manyWorkersFigures } from './many-workers/figures.ts';

export const figures: readonly AnyFigure[] = [
  plainNetworkFigures,
  convolutionFigures,
  channelsFigures,
  strideAndPaddingFigures,
  poolingFigures,
  filtersByHandFigures,
  digitTwoFigures,
  sizesFigures,
  im2colFigures,
  backwardsFigures,
  downhillFigures,
  beginningsFigures,
  trainHereFigures,
  deeperLayersFigures,
  lenetAndAlexnetFigures,
  manyWorkersFigures,
].flat();
