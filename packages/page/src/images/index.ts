export { divergingPicture, tilePictures, toRgb } from './diverging.ts';
export { pictureImage } from './picture-image.ts';
export { samplePicture, toPngUrl, type Picture } from './png.ts';
export { scaleLegend } from './scale-legend.ts';
