import type { OpaquePixels } from '@convbook/core/pictures';
import type { ImageSet } from '../dataset.ts';

/** An image of the data set's size. */
export interface LabelledImage {
  readonly label: number;
  /** Pixels of its picture. */
  readonly width: number;
  readonly height: number;
  /** `[channels, height, width]`. */
  readonly bytes: Uint8Array;
  /** Whether its picture had no colour. */
  readonly isGrey: boolean;
}

/** Whether red, green and blue are equal everywhere. */
export function isGrey({ channels, data }: OpaquePixels): boolean {
  if (channels === 1) return true;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}

/** Images one after another; where the set has one channel, the first of an image, as all three are equal. */
export function toImageSet(
  images: readonly LabelledImage[],
  [channels, height, width]: readonly [number, number, number],
): ImageSet {
  const size = channels * height * width;
  const bytes = new Uint8Array(new SharedArrayBuffer(images.length * size));
  const labels = new Uint8Array(new SharedArrayBuffer(images.length));
  for (const [at, image] of images.entries()) {
    bytes.set(image.bytes.subarray(0, size), at * size);
    labels[at] = image.label;
  }
  return { images: bytes, labels, count: images.length };
}
