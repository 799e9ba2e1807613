/// <reference lib="dom" />
import type { Text } from '../text/index.ts';
import type { CanvasPixels } from './canvas-pixels.ts';

/** Longest side that is read: a telephone's pictures need not be read whole. */
const longestSide = 2048;

/** Pixels of the largest picture that is decoded, as `predict` has it: a browser would take its memory. */
const mostPixels = 1 << 26;

/** A file that cannot be read as a picture. */
export class UnreadablePicture extends Error {
  /** The reason for whoever gave the file. */
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/**
 * The picture of a file as the browser decodes it, upright.
 *
 * @throws UnreadablePicture when it is not a picture, broken, or has too many pixels.
 */
export async function readFilePixels(file: File): Promise<CanvasPixels> {
  const { width, height } = await sizeOf(file);
  if (width * height > mostPixels) throw new UnreadablePicture(tooLarge(file.name, width, height));
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new UnreadablePicture(notAPicture(file.name));
  });
  const pixels = readPixels(bitmap, bitmap.width, bitmap.height);
  bitmap.close();
  return pixels;
}

/** Width and height by the file's header, before anything is decoded. */
async function sizeOf(file: File): Promise<{ width: number; height: number }> {
  const url = URL.createObjectURL(file);
  const image = new Image();
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new UnreadablePicture(notAPicture(file.name)));
      image.src = url;
    });
    return { width: image.naturalWidth, height: image.naturalHeight };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The pixels of an image or a video, of this size. */
export function readPixels(source: CanvasImageSource, width: number, height: number): CanvasPixels {
  const times = Math.min(1, longestSide / Math.max(width, height));
  const scaled = (length: number) => Math.max(1, Math.round(length * times));
  const canvas = new OffscreenCanvas(scaled(width), scaled(height));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width: canvas.width, height: canvas.height, channels: 4, data };
}

function notAPicture(name: string): Text {
  return {
    en: `${name} is not an image this browser can read`,
    ko: `${name}: 이 브라우저가 읽을 수 있는 이미지가 아닙니다`,
  };
}

function tooLarge(name: string, width: number, height: number): Text {
  const [most, size] = [Math.floor(mostPixels / 1e6), `${width} × ${height}`];
  return {
    en: `${name} has ${size} pixels; make it smaller than ${most} megapixels`,
    ko: `${name}: ${size}픽셀입니다. ${most}메가픽셀보다 작게 줄여 주십시오`,
  };
}
