// Orthogonal iteration with Rayleigh and Ritz's projection (Golub and Van Loan, "Matrix Computations", 8.2.4):
// a few vectors more than asked for are multiplied by the matrix and made orthogonal again and again. In
// float64 with + − × ÷ √ alone, always in the same order: the same bits on every machine.
import { normal } from '@convbook/core';
import { symmetricEigen, type Eigen } from './symmetric-eigen.ts';

/** Vectors beside those that are asked for: with them an error shrinks by λ₉/λ₂ in a round, not by λ₃/λ₂. */
const besides = 6;

/** Done when each `‖A·v − λ·v‖` is at most this share of the largest λ, or after so many rounds. */
const tolerance = 1e-7;
const mostRounds = 120;

/**
 * The largest eigenvalues of a symmetric matrix without negative ones, and their eigenvectors.
 *
 * @param matrix `[size, size]`.
 */
export function leadingEigenvectors(matrix: Float64Array, size: number, count: number): Eigen {
  const width = Math.min(size, count + besides);
  let basis = orthonormal(
    Array.from({ length: width }, (_, k) =>
      normal(1, `orthogonal iteration ${k}`, new Float64Array(size)),
    ),
  );
  let found: Eigen = { values: [], vectors: [] };
  for (let round = 0; round < mostRounds; round++) {
    const images = basis.map((vector) => product(matrix, vector));
    const projected = basis.map((one) => Float64Array.from(images, (other) => dot(one, other)));
    const { values, vectors } = symmetricEigen(symmetric(projected));
    const turned = vectors.map((own) => combined(images, own));
    found = {
      values: values.slice(0, count),
      vectors: vectors.slice(0, count).map((own) => combined(basis, own)),
    };
    if (
      found.vectors.every((own, k) => residual(turned[k], own, values[k]) <= tolerance * values[0])
    )
      break;
    basis = orthonormal(turned);
  }
  return found;
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return Float64Array.from(vector, (_, row) => {
    let sum = 0;
    for (let k = 0, at = row * size; k < size; k++, at++) sum += matrix[at] * vector[k];
    return sum;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** Rounding leaves a difference between both halves. */
function symmetric(rows: readonly Float64Array[]): Float64Array[] {
  return rows.map((row, p) => row.map((value, q) => (value + rows[q][p]) / 2));
}

/** `Σ weights[k] · vectors[k]`. */
function combined(vectors: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  vectors.forEach((vector, k) => {
    for (let at = 0; at < sum.length; at++) sum[at] += weights[k] * vector[at];
  });
  return sum;
}

function residual(image: Float64Array, vector: Float64Array, value: number): number {
  const difference = image.map((own, at) => own - value * vector[at]);
  return Math.sqrt(dot(difference, difference));
}

/** Gram and Schmidt's vectors, each made orthogonal twice; what depends on the others becomes 0. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const own = vector.slice();
    const before = Math.sqrt(dot(own, own));
    for (const other of [...done, ...done]) {
      const along = dot(own, other);
      for (let at = 0; at < own.length; at++) own[at] -= along * other[at];
    }
    const length = Math.sqrt(dot(own, own));
    const scale = length > 1e-12 * before && length > 0 ? 1 / length : 0;
    done.push(own.map((value) => value * scale));
  }
  return done;
}
