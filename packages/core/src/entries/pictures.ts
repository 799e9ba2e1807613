export type { PictureDescription, PictureGround } from '../pictures/description.ts';
export { borderOf, differenceFrom, isOpposite, nearGrey } from '../pictures/ground.ts';
export type { Border } from '../pictures/ground.ts';
export { onBackground } from '../pictures/on-background.ts';
export type { DecodedPixels } from '../pictures/on-background.ts';
export { pictureImage } from '../pictures/picture-image.ts';
export type { OpaquePixels, PictureFit } from '../pictures/picture-image.ts';
export { centerOfMass, longerSide, planeOf } from '../pictures/plane.ts';
export type { Plane } from '../pictures/plane.ts';
