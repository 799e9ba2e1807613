import type { OpaquePixels } from './picture-image.ts';

/** A decoded picture, row by row: `[height, width, channels]` bytes. */
export interface DecodedPixels {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: ArrayLike<number>;
}

/**
 * The picture without its alpha: transparent parts show the background.
 *
 * @param background A grey from 0 (black) to 255 (white, the default).
 */
export function onBackground(pixels: DecodedPixels, background = 255): OpaquePixels {
  const { width, height, channels, data } = pixels;
  if (channels === 1 || channels === 3) return { width, height, channels, data };
  const colors = channels === 2 ? 1 : 3;
  const result = new Uint8Array(width * height * colors);
  for (let place = 0; place < width * height; place++) {
    const alpha = data[place * channels + colors] / 255;
    for (let color = 0; color < colors; color++) {
      const value = data[place * channels + color];
      result[place * colors + color] = Math.round(value * alpha + background * (1 - alpha));
    }
  }
  return { width, height, channels: colors, data: result };
}
