// The two operations that go by the name of convolution, on one image and one filter: the discrete
// convolution of mathematics turns the filter round, t[n] = Σ_k x[k] · h[n − k]; the layer of a network
// does not, and is a cross-correlation. A learned filter is simply learned turned round.
import { conv2dForward } from './reference/conv2d.ts';
import type { Tensor } from './tensor.ts';

/** Numbers by row and column, all rows of one length; a signal is one row. */
export type Rows = readonly (readonly number[])[];

/** Zeros around the image, `[above and below, left and right]`; with the filter's size minus one, every overlap counts. */
type Padding = readonly [number, number];

/**
 * y[i][j] = Σ x[i + a][j + b] · filter[a][b] at every place of the padded image where the filter fits.
 *
 * Throws RangeError where rows differ in length, ConfigurationError where the filter does not fit.
 */
export function crossCorrelation(x: Rows, filter: Rows, padding: Padding = [0, 0]): number[][] {
  const settings = { stride: [1, 1], padding } as const;
  const { shape, data } = conv2dForward(toImage(x), toImage(filter), null, settings);
  const [, , rows, columns] = shape;
  return Array.from({ length: rows }, (_, i) => [...data.subarray(i * columns, (i + 1) * columns)]);
}

/** The same with the filter turned round, Σ x[k] · filter[n − k] along both axes. */
export function discreteConvolution(x: Rows, filter: Rows, padding: Padding = [0, 0]): number[][] {
  return crossCorrelation(x, turned(filter), padding);
}

/** Last row and column first. */
function turned(rows: Rows): number[][] {
  return rows.map((row) => row.toReversed()).toReversed();
}

function toImage(rows: Rows): Tensor {
  const columns = rows[0]?.length ?? 0;
  const other = rows.find((row) => row.length !== columns);
  if (other) {
    throw new RangeError(
      `convolution: expected rows of ${columns} numbers, got one of ${other.length}; make all rows as long`,
    );
  }
  return { shape: [1, 1, rows.length, columns], data: Float64Array.from(rows.flat()) };
}
