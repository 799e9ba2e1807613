import {
  borderOf,
  centerOfMass,
  differenceFrom,
  longerSide,
  nearGrey,
  type PictureGround,
} from '@convbook/core/pictures';
import { toGrey, type Pixels } from './pixels.ts';
import { resize } from './resize.ts';

/**
 * Whether a picture has the size of the data set's images and their ground, or is a multiple whose ink has
 * their size and place: a figure drawn anywhere on a large canvas of this ground has not.
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
  if (Math.abs(borderOf(grey).grey - ground.grey) > nearGrey) return false;
  if (times === 1) return true;
  const ink = differenceFrom(resize(grey, width, height), ground.grey);
  const [x, y] = centerOfMass(ink);
  return (
    Math.abs(longerSide(ink) - ground.inkSide) <= ground.inkSide / 4 &&
    Math.abs(x - width / 2) <= width / 9 &&
    Math.abs(y - height / 2) <= height / 9
  );
}
