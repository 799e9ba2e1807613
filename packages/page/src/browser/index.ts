// For the scripts of pages: nothing here runs in Node.
export { createAnswerView, type ShownAnswer } from './answer-view.ts';
export { offerCamera } from './camera.ts';
export type { CanvasPixels } from './canvas-pixels.ts';
export { createDrawing } from './drawing.ts';
export { describe, find, make, refill, say } from './find.ts';
export { holdInPlace } from './hold-in-place.ts';
export { paintInput } from './paint-input.ts';
export { readFilePixels, readPixels, UnreadablePicture } from './read-pixels.ts';
export { whenNear } from './when-near.ts';
export { takeFiles, type FilePlaces } from './take-files.ts';
export { unzip } from './unzip.ts';
