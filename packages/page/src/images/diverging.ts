import { palette } from '../charts/palette.ts';
import type { Picture } from './png.ts';

/**
 * Weights as colour on one diverging scale: negative orange, positive blue, zero transparent, so that
 * the page's own background, light or dark, is the middle of the scale.
 *
 * @param weights `[height, width]`.
 * @param limit The absolute weight shown in full colour; larger ones are clipped to it.
 */
export function divergingPicture(
  weights: ArrayLike<number>,
  height: number,
  width: number,
  limit: number,
): Picture {
  const data = new Uint8Array(height * width * 4);
  const [negative, positive] = [palette.negative.light, palette.positive.light].map(toRgb);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const share = limit === 0 ? 0 : Math.min(1, Math.abs(weights[pixel]) / limit);
    data.set(weights[pixel] < 0 ? negative : positive, pixel * 4);
    data[pixel * 4 + 3] = Math.round(255 * share);
  }
  return { width, height, channels: 4, data };
}

/** Pictures of one size side by side, `columns` in a row, with transparent gaps of one pixel. */
export function tilePictures(pictures: readonly Picture[], columns: number): Picture {
  const { width: tileWidth, height: tileHeight } = pictures[0];
  const rows = Math.ceil(pictures.length / columns);
  const width = columns * (tileWidth + 1) - 1;
  const height = rows * (tileHeight + 1) - 1;
  const data = new Uint8Array(width * height * 4);
  pictures.forEach((picture, index) => {
    const left = (index % columns) * (tileWidth + 1);
    const top = Math.floor(index / columns) * (tileHeight + 1);
    for (let row = 0; row < tileHeight; row++) {
      const line = picture.data.subarray(row * tileWidth * 4, (row + 1) * tileWidth * 4);
      data.set(line, ((top + row) * width + left) * 4);
    }
  });
  return { width, height, channels: 4, data };
}

/** `#2b7bc4` as `[43, 123, 196]`. */
export function toRgb(color: string): number[] {
  return [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16));
}
