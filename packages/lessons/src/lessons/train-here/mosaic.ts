import { divergingPicture, pictureImage, tilePictures } from '@convbook/page/images';
import { html, type Html, type Text } from '@convbook/page/markup';

/** Squares of numbers of either sign in one picture, a few in a row; each has its own scale. */
export function mosaic(
  values: Float32Array,
  { side, columns, scale, alt }: { side: number; columns: number; scale: number; alt: Text },
): Html {
  const area = side ** 2;
  const tiles = Array.from({ length: values.length / area }, (_, k) => {
    const own = values.subarray(k * area, (k + 1) * area);
    const limit = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return divergingPicture(own, side, side, limit);
  });
  const picture = tilePictures(tiles, Math.min(columns, tiles.length));
  const size = `--width:${picture.width * scale}px`;
  return html`<span class="lesson-picture" style="${size}">${pictureImage(picture, alt)}</span>`;
}
