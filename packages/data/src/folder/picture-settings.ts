import { ConfigurationError } from '@convbook/core';
import {
  checkNumber,
  checkObject,
  showValue,
  wholeAboveZero,
  type Expected,
} from '@convbook/core/checks';
import type { PictureFit } from '@convbook/core/pictures';

/** Rows and columns of an image. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/** How the pictures of a folder become images. */
export interface PictureSettings {
  /** Without it, the middle of the pictures' shorter sides: a multiple of 8 from 16 to 96. */
  readonly size?: ImageSize | undefined;
  /** Without it, grey only if every picture is. */
  readonly channels?: 'grey' | 'rgb' | undefined;
  /** How pictures of other proportions fill an image. Default `cover`. */
  readonly fit?: PictureFit | undefined;
  /** Grey of transparent parts and of bars, from 0 (black) to 255 (white, the default). */
  readonly background?: number | undefined;
  /** Share of the pictures that test the model, where the folder has one set. Default 0.2. */
  readonly testShare?: number | undefined;
  /** Passes over pictures that cannot be decoded, and counts them. Default false. */
  readonly skipDamaged?: boolean | undefined;
}

/** The settings with every default. */
export interface ResolvedSettings extends PictureSettings {
  readonly fit: PictureFit;
  readonly background: number;
  readonly testShare: number;
  readonly skipDamaged: boolean;
}

/** Of one image: 4096 × 4096. */
const mostPixels = 16_777_216;

const byte: Expected = {
  text: 'a whole number from 0 to 255',
  accepts: (value) => Number.isInteger(value) && value >= 0 && value <= 255,
};
const share: Expected = {
  text: 'a number above 0 and below 1',
  accepts: (value) => value > 0 && value < 1,
};

/**
 * The settings with the defaults of those that are not given.
 *
 * @throws ConfigurationError for a value that is none of a setting's, and for images of more than 16,777,216 pixels.
 */
export function toPictureSettings(given: PictureSettings): ResolvedSettings {
  const { size, channels, fit = 'cover', skipDamaged = false } = given;
  if (size !== undefined) {
    checkObject('size', size, 'size: { height: 64, width: 64 }');
    checkNumber('size.height', size.height, wholeAboveZero);
    checkNumber('size.width', size.width, wholeAboveZero);
    checkPixels(size);
  }
  if (channels !== undefined) checkWord('channels', channels, ['grey', 'rgb']);
  checkWord('fit', fit, ['cover', 'contain', 'stretch']);
  const background = checkNumber('background', given.background ?? 255, byte);
  const testShare = checkNumber('testShare', given.testShare ?? 0.2, share);
  return { size, channels, fit, background, testShare, skipDamaged };
}

function checkPixels({ height, width }: ImageSize): void {
  if (height * width <= mostPixels) return;
  throw new ConfigurationError(
    `size: expected at most ${mostPixels} pixels, got ${width} × ${height}; take smaller images`,
  );
}

function checkWord(where: string, word: string, words: readonly string[]): void {
  if (words.includes(word)) return;
  throw new ConfigurationError(
    `${where}: expected ${words.join(', ').replace(/, ([^,]*)$/, ' or $1')}, got ${showValue(word)}`,
  );
}
