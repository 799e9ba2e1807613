// For tests of lessons.
export { bookCompute, viewText } from './book-compute.ts';
export { openLesson } from './open-lesson.ts';
