// Jacobi, "Über ein leichtes Verfahren, die in der Theorie der Säcularstörungen vorkommenden Gleichungen
// numerisch aufzulösen", 1846: rotations that make one element off the diagonal 0, one after another.

/** Eigenvalues in descending order, and an eigenvector of length 1 for each. */
export interface Eigen {
  readonly values: readonly number[];
  readonly vectors: readonly Float64Array[];
}

/** Sweeps over all elements: a small matrix takes about six. */
const mostSweeps = 30;

/** Every eigenvalue of a small symmetric matrix, given as its rows. */
export function symmetricEigen(matrix: readonly Float64Array[]): Eigen {
  const a = matrix.map((row) => row.slice());
  const size = a.length;
  const v = a.map((_, k) => Float64Array.from({ length: size }, (_, j) => (j === k ? 1 : 0)));
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let changed = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) changed = rotate(a, v, p, q) || changed;
    }
    if (!changed) break;
  }
  const order = a.map((row, k) => ({ k, value: row[k] }));
  order.sort((one, other) => other.value - one.value || one.k - other.k);
  return {
    values: order.map(({ value }) => value),
    vectors: order.map(({ k }) => v.map((row) => row[k])).map((own) => Float64Array.from(own)),
  };
}

/** Makes `a[p][q]` 0, and turns the eigenvectors with it; false where it already is next to nothing. */
function rotate(a: Float64Array[], v: Float64Array[], p: number, q: number): boolean {
  const away = a[p][q];
  if (Math.abs(away) <= 1e-17 * (Math.abs(a[p][p]) + Math.abs(a[q][q])) || away === 0) return false;
  const theta = (a[q][q] - a[p][p]) / (2 * away);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (const row of a) [row[p], row[q]] = [c * row[p] - s * row[q], s * row[p] + c * row[q]];
  for (let k = 0; k < a.length; k++) {
    [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
  }
  for (const row of v) [row[p], row[q]] = [c * row[p] - s * row[q], s * row[p] + c * row[q]];
  return true;
}
