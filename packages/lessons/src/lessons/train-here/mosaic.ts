import { largestSize } from '@convbook/core';
import { divergingPicture, tilePictures } from '@convbook/page/images';
import type { Html, Text } from '@convbook/page/markup';
import { scaledPicture } from '../../figure/picture.ts';

/** Squares of numbers of either sign in one picture, a few in a row; each has its own scale. */
export function mosaic(
  values: Float32Array,
  { side, columns, scale, alt }: { side: number; columns: number; scale: number; alt: Text },
): Html {
  const area = side ** 2;
  const tiles = Array.from({ length: values.length / area }, (_, k) => {
    const own = values.subarray(k * area, (k + 1) * area);
    return divergingPicture(own, side, side, largestSize(own));
  });
  return scaledPicture(tilePictures(tiles, Math.min(columns, tiles.length)), { scale, alt });
}
