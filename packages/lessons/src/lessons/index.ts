import type { Lesson } from '../lesson.ts';
import { manyWorkersLesson } from './many-workers/index.ts';
import { poolingLesson } from './pooling/index.ts';
import { sizesLesson } from './sizes/index.ts';

/** Every lesson, in the order of the book. */
export const lessons: readonly Lesson[] = [poolingLesson, sizesLesson, manyWorkersLesson];
