/// <reference lib="dom" />
import type { Pixels } from '@convbook/runtime';

/** Longest side that is read: a telephone's pictures need not be read whole. */
const longestSide = 2048;

/** The picture of a file as the browser decodes it, upright. */
export async function readFilePixels(file: File): Promise<Pixels> {
  const bitmap = await createImageBitmap(file);
  return readPixels(bitmap, bitmap.width, bitmap.height);
}

/** What an image or a video shows, of this size in pixels. */
export function readPixels(source: CanvasImageSource, width: number, height: number): Pixels {
  const times = Math.min(1, longestSide / Math.max(width, height));
  const scaled = (length: number) => Math.max(1, Math.round(length * times));
  const canvas = new OffscreenCanvas(scaled(width), scaled(height));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width: canvas.width, height: canvas.height, channels: 4, data };
}
