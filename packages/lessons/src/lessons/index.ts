import type { Lesson } from '../lesson.ts';
import { beginningsLesson } from './beginnings/index.ts';
import { digitTwoLesson } from './digit-two/index.ts';
import { poolingLesson } from './pooling/index.ts';

/** Every lesson, in the order of the book. */
export const lessons: readonly Lesson[] = [poolingLesson, digitTwoLesson, beginningsLesson];
