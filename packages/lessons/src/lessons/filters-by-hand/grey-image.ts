// Square grey pictures with bytes as values: one made here, digits, and those that readers give.
import { onBackground, pictureImage, type DecodedPixels } from '@convbook/core/pictures';
import { digitSide, digitValues, readDigits } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';

export interface GreyImage {
  readonly side: number;
  /** 0 black to 255 white, row by row. */
  readonly values: readonly number[];
}

/** Pixels along a side of the shapes, and of what readers give. */
const side = 64;

/** Areas of the shapes, the last that holds a pixel decides. */
const areas: readonly ((row: number, column: number) => number | false)[] = [
  () => 60,
  (row, column) => row >= 6 && row < 26 && column >= 6 && column < 26 && 200,
  (row, column) => (row - 16) ** 2 + (column - 46) ** 2 < 110 && 230,
  (row, column) => row >= 30 && row < 48 && column >= 6 && column < row - 23 && 150,
  (row, column) => column === 34 && row >= 30 && row < 48 && 255,
  (row, column) => row === 33 && column >= 41 && column < 58 && 255,
  (row, column) => row === 42 && column === 49 && 255,
  (row, column) => row >= 53 && 4 * column,
];

/** A square, a disk, a slope, two lines, a single bright pixel, and a strip that grows brighter. */
export const shapes: GreyImage = {
  side,
  values: Array.from({ length: side ** 2 }, (_, k) => {
    const found = areas.map((area) => area(Math.floor(k / side), k % side));
    return found.filter((value) => value !== false).at(-1) ?? 0;
  }),
};

/** Nothing, until a reader draws. */
export const blank: GreyImage = { side, values: Array<number>(side ** 2).fill(0) };

/** The middle square of a picture, each pixel the mean of the area it covers. */
export function toGreyImage(pixels: DecodedPixels): GreyImage {
  const bytes = pictureImage(onBackground(pixels, 255), [1, side, side], 'cover');
  return { side, values: Array.from(bytes) };
}

/** The digits that were read, by their class: one object each, by which their pictures are found again. */
const known = new WeakMap<Compute, Map<number, GreyImage>>();

/** The first of the book's digits of a class. */
export function digitImage(compute: Compute, digit: number): GreyImage {
  const own = known.get(compute) ?? new Map<number, GreyImage>();
  const image = own.get(digit) ?? readDigit(compute, digit);
  known.set(compute, own.set(digit, image));
  return image;
}

function readDigit(compute: Compute, digit: number): GreyImage {
  const digits = readDigits(compute.data('some-digits'));
  const values = digitValues(digits, digits.labels.indexOf(digit));
  return { side: digitSide, values: values.map((value) => Math.round(value * 255)) };
}
