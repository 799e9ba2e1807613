// A picture as the input of a run's model.
import { ConfigurationError } from '@convbook/core';
import {
  pictureSteps,
  type LoadedModel,
  type PictureChoices,
  type PixelData,
} from '@convbook/runtime/network';

/** Most classes that a message names. */
const mostNames = 10;

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
      `${file}: expected a picture of ${classes(model.classNames)}, got one that shows nothing; give another`,
    );
  }
  return {
    source: file,
    bytes,
    picture: steps.map((step) => pictureSteps[step].en).join(', '),
    doubts,
  };
}

function classes(names: readonly string[]): string {
  const shown = names.slice(0, mostNames);
  return names.length > mostNames
    ? `${shown.join(', ')} …`
    : shown.join(', ').replace(/, ([^,]*)$/, ' or $1');
}
