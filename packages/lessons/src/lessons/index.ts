import type { Lesson } from '../lesson.ts';
import { channelsLesson } from './channels/index.ts';
import { poolingLesson } from './pooling/index.ts';
import { strideAndPaddingLesson } from './stride-and-padding/index.ts';

/** Every lesson, in the order of the book. */
export const lessons: readonly Lesson[] = [channelsLesson, strideAndPaddingLesson, poolingLesson];
