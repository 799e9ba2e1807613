import { onBackground, pictureImage, type OpaquePixels } from '@convbook/core/pictures';
import type { DecodedImage, ImageMaking, PictureSize } from './messages.ts';
import type { Pixels } from './pixels.ts';

/** An image of decoded pixels; `size` is the picture's before it was reduced. */
export function makeImage(
  pixels: Pixels,
  { width, height }: PictureSize,
  { shape, fit, background }: ImageMaking,
): DecodedImage {
  const picture = onBackground(pixels, background);
  const bytes = pictureImage(picture, shape, fit, background);
  return { width, height, bytes, isGrey: isGrey(picture) };
}

/** Whether red, green and blue are equal everywhere. */
function isGrey({ channels, data }: OpaquePixels): boolean {
  if (channels === 1) return true;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}
