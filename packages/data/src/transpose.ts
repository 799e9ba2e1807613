import type { SharedBytes } from './dataset.ts';

/** Exchanges rows and columns of each image `[height, width]`, in place. */
export function transposeImages(
  images: SharedBytes,
  [height, width]: readonly [number, number],
): void {
  const image = new Uint8Array(height * width);
  for (let begin = 0; begin < images.length; begin += image.length) {
    image.set(images.subarray(begin, begin + image.length));
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        images[begin + column * height + row] = image[row * width + column];
      }
    }
  }
}
