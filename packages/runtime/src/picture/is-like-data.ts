import {
  borderOf,
  centerOfMass,
  differenceFrom,
  longerSide,
  nearGrey,
  planeOf,
  type PictureGround,
  type Plane,
} from '@convbook/core/pictures';
import { toGrey, type Pixels } from './pixels.ts';
import { resize } from './resize.ts';

/** A test image is written at up to so many times its size; larger multiples are canvases that are drawn on. */
const mostTimes = 4;

/**
 * Whether a picture has the size of the data set's images, or up to four times it, and their ground; a larger multiple, or
 * one the other way round, where its ink has their size and place: a figure anywhere on a large canvas has not.
 */
export function isLikeData(
  pixels: Pixels,
  shape: readonly number[],
  ground: PictureGround | null,
): boolean {
  const [, height, width] = shape;
  const times = pixels.width / width;
  if (ground === null || !Number.isInteger(times) || pixels.height !== times * height) return false;
  const grey = toGrey(pixels);
  const isNear = (own: number) => Math.abs(own - ground.grey) <= nearGrey;
  const border = borderOf(grey).grey;
  if (isNear(border))
    return times <= mostTimes || liesLikeData(resize(grey, width, height), ground);
  const turned = planeOf(grey.width, grey.height, (place) => 255 - grey.values[place]);
  return isNear(255 - border) && liesLikeData(resize(turned, width, height), ground);
}

/** Whether the ink of an image of the model's size has the data set's size and place; all of MNIST's has. */
function liesLikeData(image: Plane, ground: PictureGround): boolean {
  const ink = differenceFrom(image, ground.grey);
  const [x, y] = centerOfMass(ink);
  return (
    Math.abs(longerSide(ink) - ground.inkSide) <= ground.inkSide / 10 &&
    Math.abs(x - image.width / 2) <= image.width / 14 &&
    Math.abs(y - image.height / 2) <= image.height / 14
  );
}
