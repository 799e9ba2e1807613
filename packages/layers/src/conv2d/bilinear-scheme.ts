// A convolution by fewer products, in two dimensions: an axis for the rows times one for the columns.
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
  /** Its number among the products of its plane. */
  readonly index: number;
  readonly inputs: readonly Term[];
  readonly outputs: readonly Term[];
}

export interface BilinearScheme {
  readonly products: readonly Product[];
  /** Products of each plane. */
  readonly positions: readonly number[];
  /** For each plane, the factors of the nine taps. */
  readonly taps: readonly (readonly number[])[];
}

/**
 * Null where there is none for the shape, or where the sums would cost more than it saves. Where no product
 * is saved, as on 2 × 2 maps of stride 2, matrix products still are faster than the direct kernel.
 */
export function bilinearScheme(shape: ConvShape): BilinearScheme | null {
  const { filters, channels, groups, window, inputSize, outputSize } = shape;
  const key = JSON.stringify([filters, channels, groups, window, inputSize, outputSize]);
  const known = schemes.get(key);
  if (known !== undefined) return known;
  const scheme = createScheme(shape);
  schemes.set(key, scheme);
  return scheme;
}

// Every shard of a batch asks for the same few.
const schemes = new Map<string, BilinearScheme | null>();

function createScheme(shape: ConvShape): BilinearScheme | null {
  if (Math.min(shape.filters, shape.channels) < fewestChannels) return null;
  const axes = bilinearAxes(shape);
  if (!axes) return null;
  const [rows, columns] = axes.map(({ products }) => products.length);
  const isSmall = rows * columns * (shape.filters + shape.channels) <= mostSums;
  return isSmall ? schemeOf(shape, axes) : null;
}

/** With fewer, sums of positions take longer than the products that are saved. */
const fewestChannels = 32;
/** Most sums of a sample, on both sides of the products: memory holds those of a whole shard. */
const mostSums = 1 << 17;

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
  const [rowPlanes, columnPlanes] = [usedPlanes(rows), usedPlanes(columns)];
  const positions = rowPlanes.flatMap(() => columnPlanes.map(() => 0));
  const products = rows.products.flatMap((row) =>
    columns.products.map((column) => {
      const [r, c] = [rowPlanes.indexOf(row.plane), columnPlanes.indexOf(column.plane)];
      const plane = r * columnPlanes.length + c;
      const index = positions[plane]++;
      return { plane, index, ...termsOf(shape, row, column) };
    }),
  );
  const taps = rowPlanes.flatMap((row) =>
    columnPlanes.map((column) =>
      rows.taps[row].flatMap((a) => columns.taps[column].map((b) => a * b)),
    ),
  );
  return { products, positions, taps };
}

// On small maps, some planes have no product.
function usedPlanes({ taps, products }: Axis): number[] {
  const used = new Set(products.map(({ plane }) => plane));
  return taps.map((_, plane) => plane).filter((plane) => used.has(plane));
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
