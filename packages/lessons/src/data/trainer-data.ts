import type { TrainerData } from '@convbook/trainer/sequential';
import { digitSide, readDigits } from './digits.ts';

/** Digits as a trainer takes them; those for `test` are held out. */
export function trainerData(train: Uint8Array, test: Uint8Array): TrainerData {
  return {
    name: 'mnist',
    sampleShape: [1, digitSide, digitSide],
    classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
    train: toImages(train),
    test: toImages(test),
  };
}

function toImages(bytes: Uint8Array) {
  const { count, labels, pixels } = readDigits(bytes);
  return { count, labels, images: pixels };
}
