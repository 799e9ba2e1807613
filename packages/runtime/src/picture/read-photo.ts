import {
  onBackground,
  pictureImage,
  type PictureDescription,
  type PictureFit,
} from '@convbook/core/pictures';
import { invert, transpose, type Pixels } from './pixels.ts';
import type { PictureChoices, PictureReading } from './reading.ts';
import type { PictureStep } from './words.ts';

/** The step for a picture of other proportions than the model's input. */
const fitSteps: Readonly<Record<PictureFit, PictureStep>> = {
  cover: 'middle taken',
  contain: 'bars added',
  stretch: 'stretched',
};

/**
 * A picture as a folder of pictures is read for training, to the same bytes; null where it is of one colour.
 */
export function readPhoto(
  picture: Pixels,
  shape: readonly number[],
  { fit, background }: PictureDescription & { readonly fit: PictureFit },
  choices: PictureChoices,
): PictureReading {
  const [channels, height, width] = shape;
  const turned = choices.transpose === true ? transpose(picture) : picture;
  const asked = choices.invert === true ? invert(turned) : turned;
  const opaque = onBackground(asked, background);
  const bytes = pictureImage(opaque, [channels, height, width], fit, background);
  const isOneColour = bytes.every((byte, at) => byte === bytes[at - (at % (height * width))]);
  if (isOneColour) return { bytes: null, steps: [], doubts: [] };
  const steps: PictureStep[] = [];
  if (choices.transpose === true) steps.push('transposed');
  if (choices.invert === true) steps.push('inverted');
  const hasProportions = opaque.width * height === opaque.height * width;
  const isSame = hasProportions && opaque.width === width;
  const size = isSame ? 'as it is' : hasProportions ? 'scaled' : fitSteps[fit];
  return { bytes, steps: [...steps, size], doubts: [] };
}
