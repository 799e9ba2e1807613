// Draws how one photo changes in one epoch. Every number depends on (seed, epoch, data-set index,
// element) alone, as in draw-warp.ts.
import { keyOf, philox, Purpose } from '@convbook/core/random';
import type { PhotoAugmentation } from './augmentation.ts';
import type { PhotoChange } from './change-photo.ts';

/** The change of the image at `index` of the data set. */
export type DrawPhoto = (epoch: number, index: number) => PhotoChange;

/**
 * Draws for images `[height, width]`. Elements 0 to 9 are flip, columns, rows, brightness, contrast,
 * saturation, and height, width, top and left of the rectangle that is erased.
 */
export function createPhotoDraws(
  settings: PhotoAugmentation,
  seed: number,
  [height, width]: readonly [number, number],
): DrawPhoto {
  const { flip = 0, crop = 0, brightness = 0, contrast = 0, saturation = 0, erase = 0 } = settings;
  const key = keyOf(seed);
  const words = new Uint32Array(4);
  const draws = new Float64Array(12);
  return (epoch, index) => {
    for (let element = 0; element < draws.length; element++) {
      if (element % 4 === 0) philox([element / 4, index, epoch, Purpose.photo], key, words);
      draws[element] = words[element % 4] / 0x100000000;
    }
    const erased = {
      height: wholeUpTo(Math.floor(erase * height), draws[6]),
      width: wholeUpTo(Math.floor(erase * width), draws[7]),
    };
    return {
      isMirrored: draws[0] < flip,
      columns: wholeUpTo(2 * crop, draws[1]) - crop,
      rows: wholeUpTo(2 * crop, draws[2]) - crop,
      brightness: factor(brightness, draws[3]),
      contrast: factor(contrast, draws[4]),
      saturation: factor(saturation, draws[5]),
      erased: {
        ...erased,
        top: wholeUpTo(height - erased.height, draws[8]),
        left: wholeUpTo(width - erased.width, draws[9]),
      },
    };
  };
}

/** A whole number from 0 to `most`, each as likely, for a number in [0, 1). */
function wholeUpTo(most: number, draw: number): number {
  return Math.floor((most + 1) * draw);
}

/** Between 1 − most and 1 + most, for a number in [0, 1). */
function factor(most: number, draw: number): number {
  return 1 + most * (2 * draw - 1);
}
