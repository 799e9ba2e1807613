import type { Lesson } from '../lesson.ts';
import { backwardsLesson } from './backwards/index.ts';
import { downhillLesson } from './downhill/index.ts';
import { poolingLesson } from './pooling/index.ts';

/** Every lesson, in the order of the book. */
export const lessons: readonly Lesson[] = [poolingLesson, backwardsLesson, downhillLesson];
