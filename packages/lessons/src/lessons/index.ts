import type { Lesson } from '../lesson.ts';
import { convolutionLesson } from './convolution/index.ts';
import { poolingLesson } from './pooling/index.ts';
import { im2colLesson } from './im2col/index.ts';

/** Every lesson, in the order of the book. */
export const lessons: readonly Lesson[] = [convolutionLesson, poolingLesson, im2colLesson];
