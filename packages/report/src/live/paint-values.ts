/// <reference lib="dom" />
import { divergingPicture, type Picture } from '@convbook/page/pixels';

/** Shows values `[height, width]` of a canvas's size: positive blue, negative orange, zero transparent. */
export function paintValues(
  canvas: HTMLCanvasElement,
  values: ArrayLike<number>,
  limit: number,
): void {
  paintPicture(canvas, divergingPicture(values, canvas.height, canvas.width, limit));
}

/** Shows a picture with alpha, which gives the canvas its size. */
export function paintPicture(canvas: HTMLCanvasElement, { width, height, data }: Picture): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const image = new ImageData(Uint8ClampedArray.from(data), width, height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
