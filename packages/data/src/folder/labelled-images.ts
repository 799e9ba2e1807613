import type { ImageSet } from '../dataset.ts';
import type { DecodedImage } from '../pictures/index.ts';

/** An image of the data set's size. */
export interface LabelledImage extends DecodedImage {
  readonly label: number;
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
