import { html, type Html, type Text } from '@convbook/page/markup';
import { greyPicture } from '../../figure/picture.ts';
import { cellAt, type Cell } from '../../figure/rows.ts';
import { mark, surface } from '../../figure/surface.ts';

/** Grey images of one size in rows, of which one can be chosen; their picture is kept for as long as the object. */
export interface Tiles {
  /** Name of its places. */
  readonly part: string;
  /** Rows and columns of an image. */
  readonly size: readonly [number, number];
  /** Values from 0 to 1 of each image. */
  readonly images: readonly ArrayLike<number>[];
  /** CSS pixels of one pixel. */
  readonly scale: number;
  readonly alt: Text;
}

/** Images in a row, and CSS pixels of a row. */
export const across = 8;
export const tilesWidth = 272;

/** The grey between the images. */
const gap = 0.45;

/** The images side by side as a picture; the places of its surface are the images. */
export function tiles(given: Tiles, chosen: number, label: Text): Html {
  const { part, images } = given;
  const rows = Math.ceil(images.length / across);
  const at = cellAt(chosen, across);
  return surface({
    part,
    size: [rows, across],
    at,
    label,
    content: html`${pictureOf(given)} ${mark({ ...at, height: 1, width: 1 }, [rows, across])}`,
  });
}

// A view is drawn again for each step of another part of it.
const pictures = new WeakMap<Tiles, Html>();

function pictureOf(given: Tiles): Html {
  const known = pictures.get(given);
  if (known) return known;
  const { values, size } = sideBySide(given, Math.ceil(given.images.length / across));
  const picture = greyPicture(values, size, given);
  pictures.set(given, picture);
  return picture;
}

function sideBySide({ size: [height, width], images }: Tiles, rows: number) {
  const size = [rows * (height + 1), across * (width + 1)] as const;
  const values = new Float32Array(size[0] * size[1]).fill(gap);
  images.forEach((image, k) => {
    const { row, column } = cellAt(k, across);
    const start = row * (height + 1) * size[1] + column * (width + 1);
    for (let down = 0; down < height; down++) {
      const line = Array.from({ length: width }, (_, right) => image[down * width + right]);
      values.set(line, start + down * size[1]);
    }
  });
  return { values, size };
}

/** Number of the image at a place. */
export function tileAt({ row, column }: Cell): number {
  return row * across + column;
}
