// A convolution by fewer products, in two dimensions: an axis for the rows times one for the columns.
import { forwardTaps } from '../calls/window-program.ts';
import {
  stridedAxis,
  toeplitzAxis,
  type Axis,
  type AxisProduct,
  type Term,
} from './bilinear-axis.ts';
import type { ConvShape } from './geometry.ts';

/** A product of a sum of inputs and one of the planes of transformed weights. */
export interface Product {
  readonly plane: number;
  /** Among the products of its plane. */
  readonly index: number;
  readonly inputs: readonly Term[];
  readonly outputs: readonly Term[];
}

export interface BilinearScheme {
  readonly products: readonly Product[];
  /** Products of each plane. */
  readonly positions: readonly number[];
  /** For each plane what it takes of each of the nine taps. */
  readonly taps: readonly (readonly number[])[];
}

/** Null where there is none for the shape, or where it would not save enough. */
export function bilinearScheme(shape: ConvShape): BilinearScheme | null {
  if (Math.min(shape.filters, shape.channels) < fewestChannels) return null;
  const axes = bilinearAxes(shape);
  if (!axes) return null;
  const [rows, columns] = axes.map(({ products }) => products.length);
  const isSmall = rows * columns * (shape.filters + shape.channels) <= mostSums;
  const saves = rows * columns * transformFactor <= directProducts(shape);
  return isSmall && saves ? schemeOf(shape, axes) : null;
}

/** With fewer channels, the products are too few to pay for the sums. */
const fewestChannels = 64;
/** Sums of a sample on both sides of the products; more do not stay in the level-2 cache. */
const mostSums = 1 << 15;
/** Cost of sums and products over that of the products, measured at 64 to 512 channels. */
const transformFactor = 1.25;

function directProducts({ inputSize, outputSize, window }: ConvShape): number {
  const { kernelSize, stride, padding } = window;
  const products = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], kernelSize[i], stride[i], padding[i]).reduce(
      (n, taps) => n + taps.length,
      0,
    );
  return products(0) * products(1);
}

function bilinearAxes({
  groups,
  window,
  inputSize,
}: ConvShape): readonly [rows: Axis, columns: Axis] | null {
  const { kernelSize, stride, padding, dilation } = window;
  const isOf = (pair: readonly number[], value: number) => pair.every((each) => each === value);
  const isThree = isOf(kernelSize, 3) && isOf(padding, 1) && isOf(dilation, 1) && groups === 1;
  if (!isThree) return null;
  if (isOf(stride, 2)) return [stridedAxis(inputSize[0]), stridedAxis(inputSize[1])];
  return isOf(stride, 1) && isOf(inputSize, 2) ? [toeplitzAxis(), toeplitzAxis()] : null;
}

function schemeOf(shape: ConvShape, [rows, columns]: readonly [Axis, Axis]): BilinearScheme {
  const positions = rows.taps.flatMap(() => columns.taps.map(() => 0));
  const products = rows.products.flatMap((row) =>
    columns.products.map((column) => {
      const plane = row.plane * columns.taps.length + column.plane;
      const index = positions[plane]++;
      return { plane, index, ...termsOf(shape, row, column) };
    }),
  );
  const taps = rows.taps.flatMap((row) =>
    columns.taps.map((column) => row.flatMap((a) => column.map((b) => a * b))),
  );
  return { products, positions, taps };
}

function termsOf({ inputSize, outputSize }: ConvShape, row: AxisProduct, column: AxisProduct) {
  return {
    inputs: cross(row.inputs, column.inputs, inputSize[1]),
    outputs: cross(row.outputs, column.outputs, outputSize[1]),
  };
}

function cross(rows: readonly Term[], columns: readonly Term[], width: number): Term[] {
  return rows.flatMap((row) =>
    columns.map((column) => ({
      position: row.position * width + column.position,
      sign: row.sign === column.sign ? (1 as const) : (-1 as const),
    })),
  );
}
