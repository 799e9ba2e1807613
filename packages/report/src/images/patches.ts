import type { Picture } from '@convbook/page/images';
import type { ReceptiveField } from '@convbook/runtime/explain';

/**
 * The part of an image that a position of a map sees, at its own size; transparent outside of the image. Three
 * channels as RGB, any other number as the grey of the first.
 *
 * @param bytes `[channels, height, width]`.
 */
export function patchPicture(
  bytes: ArrayLike<number>,
  [channels, imageHeight, imageWidth]: readonly number[],
  field: ReceptiveField,
  row: number,
  column: number,
): Picture {
  // A field larger than the image is cut to the image.
  const height = Math.min(field.size[0], imageHeight);
  const width = Math.min(field.size[1], imageWidth);
  const top = field.size[0] > imageHeight ? 0 : field.start[0] + row * field.jump[0];
  const left = field.size[1] > imageWidth ? 0 : field.start[1] + column * field.jump[1];
  const area = imageHeight * imageWidth;
  const planes = channels === 3 ? [0, area, 2 * area] : [0, 0, 0];
  const data = new Uint8Array(height * width * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromRow, fromColumn] = [top + y, left + x];
      const isInside =
        fromRow >= 0 && fromColumn >= 0 && fromRow < imageHeight && fromColumn < imageWidth;
      if (!isInside) continue;
      const place = fromRow * imageWidth + fromColumn;
      data.set([...planes.map((plane) => bytes[plane + place]), 255], (y * width + x) * 4);
    }
  }
  return { width, height, channels: 4, data };
}
