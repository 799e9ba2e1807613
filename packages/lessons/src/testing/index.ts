// For tests of lessons.
export { bookCompute, viewText } from './book-compute.ts';
export { openLesson } from './open-lesson.ts';
export { playedText, type Move } from './played-text.ts';
