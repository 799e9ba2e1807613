import { loadMnist } from '@convbook/data';
import { digitSide, writeDigits } from './digits.ts';

/** The first images of each class, class by class, of the test or the training images; see `readDigits`. */
export function mnistDigits(set: 'train' | 'test', perClass: number): Uint8Array {
  const { labels, images } = loadMnist()[set];
  const chosen = Array.from({ length: 10 }, (_, digit) => firstOf(labels, digit, perClass)).flat();
  const area = digitSide ** 2;
  const pixels = new Uint8Array(chosen.length * area);
  chosen.forEach((index, at) => {
    pixels.set(images.subarray(index * area, (index + 1) * area), at * area);
  });
  return writeDigits({ labels: Uint8Array.from(chosen, (index) => labels[index]), pixels });
}

/** Three test images of each class, data `some-digits`. */
export const someDigits = () => mnistDigits('test', 3);

/** Ten test images of each class, data `hundred-digits`. */
export const hundredDigits = () => mnistDigits('test', 10);

function firstOf(labels: ArrayLike<number>, digit: number, most: number): number[] {
  const found: number[] = [];
  for (let index = 0; found.length < most && index < labels.length; index++) {
    if (labels[index] === digit) found.push(index);
  }
  return found;
}
