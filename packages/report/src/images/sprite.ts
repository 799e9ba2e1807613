import { samplePicture, toPngUrl, type Picture } from '@convbook/page/images';
import type { Samples } from '@convbook/run';

/** Many images in one PNG, and where each is. */
export interface Sprite {
  url: string;
  columns: number;
  rows: number;
  /** Place of an image, counted along the rows, by its place in the test set. */
  places: ReadonlyMap<number, number>;
}

/** Images side by side without gaps, in the order given, in a nearly square PNG. */
export function spriteOf(indexes: readonly number[], { images, shape }: Samples): Sprite {
  const pictures = indexes.map((index) => samplePicture(images.get(index) as Uint8Array, shape));
  const columns = Math.max(1, Math.ceil(Math.sqrt(pictures.length)));
  const rows = Math.max(1, Math.ceil(pictures.length / columns));
  const places = new Map(indexes.map((index, place) => [index, place]));
  return { url: toPngUrl(sheet(pictures, columns, rows)), columns, rows, places };
}

function sheet(pictures: readonly Picture[], columns: number, rows: number): Picture {
  const { width: tileWidth, height: tileHeight, channels } = pictures[0];
  const line = tileWidth * channels;
  const data = new Uint8Array(columns * line * rows * tileHeight);
  pictures.forEach((picture, place) => {
    const [left, top] = [place % columns, Math.floor(place / columns) * tileHeight];
    for (let row = 0; row < tileHeight; row++) {
      const pixels = picture.data.subarray(row * line, (row + 1) * line);
      data.set(pixels, ((top + row) * columns + left) * line);
    }
  });
  return { width: columns * tileWidth, height: rows * tileHeight, channels, data };
}

/** Place of an image as percentages for CSS `background-position`. */
export function spritePosition({ columns, rows }: Sprite, place: number): string {
  const percent = (at: number, of: number) =>
    of < 2 ? 0 : Number(((100 * at) / (of - 1)).toFixed(3));
  return `${percent(place % columns, columns)}% ${percent(Math.floor(place / columns), rows)}%`;
}
