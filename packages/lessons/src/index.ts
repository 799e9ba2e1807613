export { renderBook } from './book.ts';
export type { Lesson } from './lesson.ts';
export { lessons } from './lessons/index.ts';
