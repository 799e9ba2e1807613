import { html, type Html, type Text } from '@convbook/page/markup';
import { greyPicture } from '../../figure/picture.ts';
import { mark, surface } from '../../figure/surface.ts';

/** Grey images of one size in rows, of which one can be chosen. */
export interface Tiles {
  /** Name of its places. */
  readonly part: string;
  /** Rows and columns of an image. */
  readonly size: readonly [number, number];
  /** Values from 0 to 1 of each image. */
  readonly images: readonly ArrayLike<number>[];
  readonly columns: number;
  readonly chosen: number;
  /** CSS pixels of one pixel. */
  readonly scale: number;
  readonly label: Text;
  readonly alt: Text;
}

/** The grey between the images. */
const gap = 0.45;

/** The images side by side as a picture; the places of its surface are the images. */
export function tiles(given: Tiles): Html {
  const { part, images, columns, chosen, scale, label, alt } = given;
  const rows = Math.ceil(images.length / columns);
  const at = { row: Math.floor(chosen / columns), column: chosen % columns };
  const { values, size } = sideBySide(given, rows);
  return surface({
    part,
    size: [rows, columns],
    at,
    label,
    content: html`${greyPicture(values, size, { alt, scale })}
    ${mark({ ...at, height: 1, width: 1 }, [rows, columns])}`,
  });
}

function sideBySide({ size: [height, width], images, columns }: Tiles, rows: number) {
  const size = [rows * (height + 1), columns * (width + 1)] as const;
  const values = new Float32Array(size[0] * size[1]).fill(gap);
  images.forEach((image, k) => {
    const start = Math.floor(k / columns) * (height + 1) * size[1] + (k % columns) * (width + 1);
    for (let row = 0; row < height; row++) {
      const line = Array.from({ length: width }, (_, column) => image[row * width + column]);
      values.set(line, start + row * size[1]);
    }
  });
  return { values, size };
}

/** Number of the image at a place. */
export function tileAt(row: number, column: number, columns: number): number {
  return row * columns + column;
}
