import type { Lesson } from '../lesson.ts';
import { plainNetworkLesson } from './plain-network/index.ts';
import { convolutionLesson } from './convolution/index.ts';
import { channelsLesson } from './channels/index.ts';
import { strideAndPaddingLesson } from './stride-and-padding/index.ts';
import { poolingLesson } from './pooling/index.ts';
import { filtersByHandLesson } from './filters-by-hand/index.ts';
import { digitTwoLesson } from './digit-two/index.ts';
import { sizesLesson } from './sizes/index.ts';
import { im2colLesson } from './im2col/index.ts';
import { backwardsLesson } from './backwards/index.ts';
import { downhillLesson } from './downhill/index.ts';
import { beginningsLesson } from './beginnings/index.ts';
import { trainHereLesson } from './train-here/index.ts';
import { deeperLayersLesson } from './deeper-layers/index.ts';
import { lenetAndAlexnetLesson } from './lenet-and-alexnet/index.ts';
import { manyWorkersLesson } from './many-workers/index.ts';

/** Every lesson, in the order of the book. */
export const lessons: readonly Lesson[] = [
  plainNetworkLesson,
  convolutionLesson,
  channelsLesson,
  strideAndPaddingLesson,
  poolingLesson,
  filtersByHandLesson,
  digitTwoLesson,
  sizesLesson,
  im2colLesson,
  backwardsLesson,
  downhillLesson,
  beginningsLesson,
  trainHereLesson,
  deeperLayersLesson,
  lenetAndAlexnetLesson,
  manyWorkersLesson,
];
