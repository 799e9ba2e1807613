import { assertClose } from '@convbook/core/testing';
import { expect, test } from 'vitest';
import { symmetricEigen } from './symmetric-eigen.ts';

const rows = (...values: number[][]) => values.map((row) => Float64Array.from(row));

test.each([
  ['two rows', rows([2, 1], [1, 2]), [3, 1]],
  ['three rows', rows([2, 1, 0], [1, 2, 1], [0, 1, 2]), [2 + Math.SQRT2, 2, 2 - Math.SQRT2]],
  ['a diagonal, sorted', rows([1, 0, 0], [0, 5, 0], [0, 0, 5]), [5, 5, 1]],
  ['nothing but 0', rows([0, 0], [0, 0]), [0, 0]],
])('%s as worked out by hand', (_, matrix, expected) => {
  const { values, vectors } = symmetricEigen(matrix);
  assertClose(values, expected, { rtol: 1e-14, atol: 1e-14 }, 'values');
  vectors.forEach((vector, k) => {
    const image = matrix.map((row) => row.reduce((sum, value, j) => sum + value * vector[j], 0));
    assertClose(
      image,
      vector.map((value) => value * values[k]),
      { rtol: 0, atol: 1e-13 },
      `vector ${k}`,
    );
    vectors.forEach((other, j) => {
      const product = vector.reduce((sum, value, at) => sum + value * other[at], 0);
      expect(product).toBeCloseTo(j === k ? 1 : 0, 13);
    });
  });
});
