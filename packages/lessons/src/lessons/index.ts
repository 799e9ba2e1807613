import type { Lesson } from '../lesson.ts';
import { deeperLayersLesson } from './deeper-layers/index.ts';
import { plainNetworkLesson } from './plain-network/index.ts';
import { poolingLesson } from './pooling/index.ts';

/** Every lesson, in the order of the book. */
export const lessons: readonly Lesson[] = [plainNetworkLesson, poolingLesson, deeperLayersLesson];
