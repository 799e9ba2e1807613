// Pearson, "On lines and planes of closest fit to systems of points in space", 1901: the directions in
// which points vary most.
import { leadingEigenvectors } from './leading-eigenvectors.ts';

/** Points seen along the directions in which they vary most. */
export interface PrincipalComponents {
  /** Coordinates, `[points, axes]`. */
  readonly coordinates: Float64Array;
  /** Share of the whole variance along each axis, the largest first. */
  readonly shares: readonly number[];
  /** The axes, each of length 1; 0 where nothing varies any more. */
  readonly directions: readonly Float64Array[];
  /** The mean of the points, where the axes meet. */
  readonly mean: Float64Array;
}

/** A share of variance that is nothing but rounding. */
const least = 1e-12;

/** Most multiply-adds for the matrix, of which half are done: a quarter of a second. */
const most = 5e8;

/** As many points as wanted, or fewer where each has many values. */
export function affordablePoints(dimensions: number, wanted: number): number {
  const tall = Math.floor(most / dimensions / dimensions);
  const points = tall >= dimensions ? tall : Math.floor(Math.sqrt(most / dimensions));
  return Math.min(wanted, points);
}

/**
 * The first principal components of some points; null where all points are the same. Each axis points to where
 * its largest value, of equal ones the first, is positive.
 *
 * @param values `[points, dimensions]`.
 */
export function principalComponents(
  values: ArrayLike<number>,
  dimensions: number,
  axes: number,
): PrincipalComponents | null {
  const points = values.length / dimensions;
  const mean = meanOf(values, dimensions);
  const centred = around(mean, values);
  // XᵀX and X·Xᵀ have the same eigenvalues: the smaller one serves.
  const isTall = dimensions <= points;
  const size = isTall ? dimensions : points;
  const matrix = isTall
    ? columnProducts(centred, points, dimensions)
    : rowProducts(centred, points);
  let total = 0;
  for (let k = 0; k < size; k++) total += matrix[k * size + k];
  if (!(total > 0)) return null;
  const found = leadingEigenvectors(matrix, size, axes);
  const directions = Array.from({ length: axes }, (_, k) => {
    const vector = found.vectors[k];
    const value = found.values[k] ?? 0;
    if (vector === undefined || value <= least * total) return new Float64Array(dimensions);
    return signed(isTall ? vector : backwards(centred, vector, dimensions, value));
  });
  return {
    coordinates: project(centred, directions, dimensions),
    shares: directions.map((_, k) => Math.max(0, found.values[k] ?? 0) / total),
    directions,
    mean,
  };
}

/**
 * Coordinates of points on axes found for others, `[points, axes]`.
 *
 * @param values `[points, dimensions]`.
 */
export function coordinatesOn(
  { directions, mean }: PrincipalComponents,
  values: ArrayLike<number>,
): Float64Array {
  return project(around(mean, values), directions, mean.length);
}

function meanOf(values: ArrayLike<number>, dimensions: number): Float64Array {
  const sums = new Float64Array(dimensions);
  for (let at = 0; at < values.length; at++) sums[at % dimensions] += values[at];
  return sums.map((sum) => sum / (values.length / dimensions));
}

function around(mean: Float64Array, values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value, at) => value - mean[at % mean.length]);
}

/** XᵀX, `[dimensions, dimensions]`. */
function columnProducts(x: Float64Array, points: number, dimensions: number): Float64Array {
  const matrix = new Float64Array(dimensions * dimensions);
  for (let n = 0; n < points; n++) {
    const row = x.subarray(n * dimensions, (n + 1) * dimensions);
    for (let p = 0; p < dimensions; p++) {
      const own = row[p];
      if (own === 0) continue;
      for (let q = p, at = p * dimensions + p; q < dimensions; q++, at++)
        matrix[at] += own * row[q];
    }
  }
  return mirrored(matrix, dimensions);
}

/** X·Xᵀ, `[points, points]`. */
function rowProducts(x: Float64Array, points: number): Float64Array {
  const dimensions = x.length / points;
  const matrix = new Float64Array(points * points);
  for (let p = 0; p < points; p++) {
    for (let q = p; q < points; q++) {
      let sum = 0;
      for (let k = 0, a = p * dimensions, b = q * dimensions; k < dimensions; k++, a++, b++) {
        sum += x[a] * x[b];
      }
      matrix[p * points + q] = sum;
    }
  }
  return mirrored(matrix, points);
}

function mirrored(matrix: Float64Array, size: number): Float64Array {
  for (let p = 0; p < size; p++) {
    for (let q = 0; q < p; q++) matrix[p * size + q] = matrix[q * size + p];
  }
  return matrix;
}

/** The direction of an eigenvector of X·Xᵀ: `Xᵀu / √λ`. */
function backwards(
  x: Float64Array,
  vector: Float64Array,
  dimensions: number,
  value: number,
): Float64Array {
  const direction = new Float64Array(dimensions);
  const scale = 1 / Math.sqrt(value);
  x.forEach((own, at) => {
    direction[at % dimensions] += scale * own * vector[Math.floor(at / dimensions)];
  });
  return direction;
}

function signed(direction: Float64Array): Float64Array {
  let largest = 0;
  for (let k = 1; k < direction.length; k++) {
    if (Math.abs(direction[k]) > Math.abs(direction[largest])) largest = k;
  }
  return direction[largest] < 0 ? direction.map((value) => -value) : direction;
}

function project(
  x: Float64Array,
  directions: readonly Float64Array[],
  dimensions: number,
): Float64Array {
  const points = x.length / dimensions;
  return Float64Array.from({ length: points * directions.length }, (_, at) => {
    const [n, axis] = [Math.floor(at / directions.length), directions[at % directions.length]];
    let sum = 0;
    for (let k = 0; k < dimensions; k++) sum += x[n * dimensions + k] * axis[k];
    return sum;
  });
}
