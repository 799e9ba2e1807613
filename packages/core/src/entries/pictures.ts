export type { PictureDescription, PictureGround } from '../pictures/description.ts';
export { borderOf, differenceFrom, isOpposite, nearGrey } from '../pictures/ground.ts';
export type { Border } from '../pictures/ground.ts';
export { centerOfMass, longerSide, planeOf } from '../pictures/plane.ts';
export type { Plane } from '../pictures/plane.ts';
