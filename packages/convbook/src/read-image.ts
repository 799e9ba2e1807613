// An image file as the input of a run's model.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { picturesOf, type TrainedModel } from '@convbook/run';
import { pictureSteps, readPicture, type PictureChoices } from '@convbook/runtime';
import { decodeImage } from '@convbook/runtime/decode';
import { typedIn } from './command.ts';

/** Most classes that a message names. */
const mostNames = 10;

/**
 * Reads an image file as the run's data set was made.
 *
 * @throws ConfigurationError when it cannot be read, is no image, or shows nothing.
 */
export function readImage(
  { record: { data } }: TrainedModel,
  file: string,
  choices: PictureChoices,
) {
  const pixels = decodeImage(readBytes(file), file);
  const { bytes, steps, doubts } = readPicture(pixels, data.sampleShape, picturesOf(data), choices);
  if (bytes === null) {
    throw new ConfigurationError(
      `${file}: expected a picture of ${classes(data.classNames)}, got one that shows nothing; give another`,
    );
  }
  return {
    source: file,
    bytes,
    picture: steps.map((step) => pictureSteps[step].en).join(', '),
    doubts,
  };
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(resolve(typedIn, file));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigurationError(`${file}: cannot be read, got ${code}`, { cause });
  }
}

function classes(names: readonly string[]): string {
  const shown = names.slice(0, mostNames);
  return names.length > mostNames
    ? `${shown.join(', ')} …`
    : shown.join(', ').replace(/, ([^,]*)$/, ' or $1');
}
