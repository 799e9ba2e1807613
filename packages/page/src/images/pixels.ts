// Pictures as pixels, in pages as in Node: nothing here encodes them.
export { divergingPicture, largestSize, tilePictures } from './diverging.ts';
export type { Picture } from './png.ts';
