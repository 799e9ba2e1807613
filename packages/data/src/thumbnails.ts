// Images as a page shows them: reduced, the first channel or red, green and blue.
import { pictureImage } from '@convbook/core/pictures';
import type { ImageSet } from './dataset.ts';
import { sampleReader } from './sample-reader.ts';

/** `[channels, height, width]` with one channel or three. */
export type ThumbnailShape = readonly [1 | 3, number, number];

/** The shape of images with both sides at most `longestSide`, in the same proportions. */
export function thumbnailShape(
  [channels, height, width]: readonly [number, number, number],
  longestSide: number,
): ThumbnailShape {
  const scale = Math.min(1, longestSide / Math.max(height, width));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return [channels === 3 ? 3 : 1, side(height), side(width)];
}

/** Images of a set in a shape, one after another, in base64. */
export function thumbnails(
  set: ImageSet,
  [, height, width]: readonly [number, number, number],
  indexes: readonly number[],
  shape: ThumbnailShape,
): string {
  const read = sampleReader(set);
  const reduced = indexes.map((index) => {
    const image = read(index);
    const isWhole = shape[1] === height && shape[2] === width;
    return isWhole
      ? image.slice(0, shape[0] * height * width)
      : pictureImage(toPicture(image, shape[0], height, width), shape, 'stretch');
  });
  return Buffer.concat(reduced).toString('base64');
}

/** Planes as pixels. */
function toPicture(image: Uint8Array, channels: 1 | 3, height: number, width: number) {
  const area = height * width;
  const data = Uint8Array.from(
    { length: channels * area },
    (_, at) => image[(at % channels) * area + Math.floor(at / channels)],
  );
  return { width, height, channels, data };
}
