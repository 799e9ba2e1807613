export type { Pixels } from './pixels.ts';
export { readDrawing, readPicture } from './read-picture.ts';
export type { PictureChoices, PictureReading } from './reading.ts';
export { readingText } from './reading-text.ts';
export { doubtsOf, pictureSteps } from './words.ts';
export type { PictureDoubt, PictureStep } from './words.ts';
