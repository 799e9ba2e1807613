// Pictures as pixels, in pages as in Node: nothing here encodes them.
export { palette } from '../charts/palette.ts';
export { divergingPicture, tilePictures, toRgb } from './diverging.ts';
export type { Picture } from './png.ts';
