import type { Lesson } from '../lesson.ts';
import { lenetAndAlexnetLesson } from './lenet-and-alexnet/index.ts';
import { poolingLesson } from './pooling/index.ts';
import { trainHereLesson } from './train-here/index.ts';

/** Every lesson, in the order of the book. */
export const lessons: readonly Lesson[] = [poolingLesson, trainHereLesson, lenetAndAlexnetLesson];
