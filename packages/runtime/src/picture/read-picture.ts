// From a picture to a model's input, made as the data set's images were. Everything that reads pictures does
// it here: the command, the page's drawing and its file box. Nothing needs Node.
import type { PictureDescription, PictureGround } from '@convbook/core/pictures';
import { isLikeData } from './is-like-data.ts';
import { invert, reduceBy, transpose, type Pixels } from './pixels.ts';
import { readInk, readKnownInk } from './read-ink.ts';
import { readPhoto } from './read-photo.ts';
import { readWhole } from './read-whole.ts';
import type { PictureChoices, PictureReading } from './reading.ts';
import { withoutAlpha } from './without-alpha.ts';
import type { PictureStep } from './words.ts';

/** MNIST's, where a picture is to be cut to its ink and the data set has no even ground. */
const likeMnist: PictureGround = { grey: 0, ink: 'bright', inkSide: 20 };

/** Above twice as many pixels on the shorter side a picture is reduced first: 48 megapixels would be 1.2 GB of floats. */
const largeSide = 512;

/**
 * Bytes `[channels, height, width]` of a picture. A picture that is one of the data set's images, or an exact
 * multiple of one, is never cut to its ink.
 */
export function readPicture(
  picture: Pixels,
  shape: readonly number[],
  description: PictureDescription,
  choices: PictureChoices = {},
): PictureReading {
  const { fit, ground } = description;
  const how = choices.fit ?? fit;
  if (how !== 'digit' && how !== 'whole') {
    return readPhoto(picture, shape, { ...description, fit: how }, choices);
  }
  const isTransposed = (description.orientation === 'transposed') !== (choices.transpose === true);
  const times = Math.floor(Math.min(picture.width, picture.height) / largeSide);
  const small = times > 1 ? reduceBy(picture, times) : picture;
  const upright = isTransposed ? transpose(small) : small;
  const asked = choices.invert === true ? invert(upright) : upright;
  const { pixels, isFromAlpha } = withoutAlpha(asked, ground);
  const steps: PictureStep[] = [];
  if (isTransposed) steps.push('transposed');
  if (choices.invert === true) steps.push('inverted');
  if (isFromAlpha) steps.push('ink from alpha');
  const isSettled = choices.invert !== undefined || isFromAlpha;
  const isWhole =
    how === 'whole' || (choices.fit === undefined && isLikeData(pixels, shape, ground));
  const reading = isWhole
    ? readWhole(pixels, shape, isSettled ? null : ground)
    : readInk(pixels, shape, ground ?? likeMnist, isSettled);
  return { ...reading, steps: [...steps, ...reading.steps] };
}

/** Bytes of a drawing on the data set's own ground, without noise, as of any other picture. */
export function readDrawing(
  drawing: Pixels,
  shape: readonly number[],
  { fit, ground }: PictureDescription,
): PictureReading {
  return fit === 'digit' && ground !== null
    ? readKnownInk(drawing, shape, ground)
    : readWhole(drawing, shape, null);
}
