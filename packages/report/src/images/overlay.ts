import { palette, toRgb, type Picture } from '@convbook/page/pixels';

/** How strongly the image shows under a map. */
const imageShare = 0.3;

/** Shades of map and image: enough for the eye, few enough for a small PNG. */
const shades = 16;

const stepped = (share: number) => Math.round(shades * share) / shades;

const grey = [128, 128, 128];

/**
 * A map over a faint grey image: positive blue, negative orange, zero transparent; both themes show
 * through. A map of another size is stretched over the image, linearly between its values.
 *
 * @param image Bytes `[channels, height, width]`; the mean of its channels is drawn.
 * @param limit The absolute value shown in full colour.
 */
export function overlayPicture(
  map: ArrayLike<number>,
  [mapHeight, mapWidth]: readonly number[],
  image: ArrayLike<number>,
  [channels, height, width]: readonly number[],
  limit: number,
): Picture {
  const data = new Uint8Array(height * width * 4);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      const at = [((row + 0.5) * mapHeight) / height, ((column + 0.5) * mapWidth) / width];
      const value = between(map, mapHeight, mapWidth, at[0] - 0.5, at[1] - 0.5);
      const share = limit === 0 ? 0 : stepped(Math.min(1, Math.abs(value) / limit));
      let ink = 0;
      for (let c = 0; c < channels; c++) ink += image[c * height * width + pixel];
      const under = imageShare * stepped(ink / channels / 255) * (1 - share);
      const alpha = share + under;
      const color = toRgb(value < 0 ? palette.negative.light : palette.positive.light);
      const mixed = color.map((part, k) =>
        alpha === 0 ? 0 : Math.round((part * share + grey[k] * under) / alpha),
      );
      data.set([...mixed, Math.round(255 * alpha)], pixel * 4);
    }
  }
  return { width, height, channels: 4, data };
}

/** Linear between the four values around a place; beyond the outer ones as they are. */
function between(
  map: ArrayLike<number>,
  height: number,
  width: number,
  row: number,
  column: number,
): number {
  const y = Math.max(0, Math.min(height - 1, row));
  const x = Math.max(0, Math.min(width - 1, column));
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [bottom, right] = [Math.min(height - 1, top + 1), Math.min(width - 1, left + 1)];
  const along = (line: number) =>
    map[line * width + left] * (1 - (x - left)) + map[line * width + right] * (x - left);
  return along(top) * (1 - (y - top)) + along(bottom) * (y - top);
}
