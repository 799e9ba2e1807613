// Images and maps too large for a grid of numbers, the same in Node and in the page.
import { divergingPicture, pictureImage, samplePicture, type Picture } from '@convbook/page/images';
import { html, type Html, type Text } from '@convbook/page/markup';
import { within } from './within.ts';

interface PictureOptions {
  /** States the finding, not only what it is. */
  readonly alt: Text;
  /** CSS pixels of one pixel; default 4. */
  readonly scale?: number;
}

/** Values from 0 to 1 as grey, 0 black: `[height, width]`. */
export function greyPicture(
  values: ArrayLike<number>,
  [height, width]: readonly [number, number],
  options: PictureOptions,
): Html {
  return scaledPicture({ width, height, channels: 1, data: toBytes(values) }, options);
}

/** Values from 0 to 1 in colour: `[3, height, width]`, red, green and blue. */
export function colorPicture(
  values: ArrayLike<number>,
  [height, width]: readonly [number, number],
  options: PictureOptions,
): Html {
  return scaledPicture(samplePicture(toBytes(values), [3, height, width]), options);
}

/** Values of either sign, negative orange, positive blue: `[height, width]`; `limit` has the full colour. */
export function signedPicture(
  values: ArrayLike<number>,
  [height, width]: readonly [number, number],
  options: PictureOptions & { readonly limit: number },
): Html {
  return scaledPicture(divergingPicture(values, height, width, options.limit), options);
}

function toBytes(values: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(255 * within(value, 0, 1)));
}

/** A picture as it is, larger. */
export function scaledPicture(picture: Picture, { alt, scale = 4 }: PictureOptions): Html {
  const size = `--width:${picture.width * scale}px`;
  return html`<span class="lesson-picture" style="${size}">${pictureImage(picture, alt)}</span>`;
}
