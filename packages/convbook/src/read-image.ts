// A picture as the input of a run's model.
import { ConfigurationError } from '@convbook/core';
import {
  classesText,
  pictureSteps,
  type LoadedModel,
  type PictureChoices,
  type PixelData,
} from '@convbook/runtime/network';

/**
 * Reads a picture as the run's data set was made.
 *
 * @throws ConfigurationError when it shows nothing.
 */
export function readImage(
  model: LoadedModel,
  file: string,
  pixels: PixelData,
  choices: PictureChoices,
) {
  const { bytes, steps, doubts } = model.readPicture(pixels, choices);
  if (bytes === null) {
    throw new ConfigurationError(
      `${file}: expected a picture of ${classesText(model.classNames)}, got one that shows nothing; give another`,
    );
  }
  return {
    source: file,
    bytes,
    picture: steps.map((step) => pictureSteps[step].en).join(', '),
    doubts,
  };
}
