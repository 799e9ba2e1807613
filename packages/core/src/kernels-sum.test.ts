import { describe, expect, test } from 'vitest';
import { normal } from './random.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

/** Sum by pairs of neighbours, an odd one carried up, each addition rounded to float32. */
function pairwise(values: readonly number[]): number {
  if (values.length === 1) return values[0];
  const sums: number[] = [];
  for (let i = 0; i < values.length; i += 2) {
    sums.push(i + 1 < values.length ? Math.fround(values[i] + values[i + 1]) : values[i]);
  }
  return pairwise(sums);
}

describe.each(['plain', 'shared'] as const)('sums of the %s build', (build) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'sumShards adds %i shards as a tree by index, to the last bit',
    async (shards) => {
      const { kernels, put, floats } = await createKernelBench(build);
      const [vectors, strideFloats, divisor] = [3, 16, 7];
      const values = normal(shards, 'shards', new Float32Array(shards * strideFloats), 0, 1e3);
      const first = put(values);
      kernels.sumShards(first, strideFloats * 4, shards, vectors, divisor);
      const want = Array.from({ length: vectors * 4 }, (_, i) => {
        const column = Array.from({ length: shards }, (_, s) => values[s * strideFloats + i]);
        return Math.fround(pairwise(column) / divisor);
      });
      expect(floats(first, vectors * 4)).toEqual(Float32Array.from(want));
      // The memory between the shards is not changed.
      expect(floats(first + vectors * 16, 4)).toEqual(values.slice(vectors * 4, strideFloats));
    },
  );

  test('sumShards of one shard by 1 changes nothing', async () => {
    const { kernels, put, floats } = await createKernelBench(build);
    const values = Float32Array.of(0.1, -3, 1e-30, 1e30);
    const first = put(values);
    kernels.sumShards(first, 16, 1, 1, 1);
    expect(floats(first, 4)).toEqual(values);
  });

  test.each([
    { rows: 1, columns: 1 },
    { rows: 1, columns: 3 },
    { rows: 1, columns: 4 },
    { rows: 1, columns: 7 },
    { rows: 3, columns: 2 },
    { rows: 3, columns: 5 },
    { rows: 5, columns: 8 },
    { rows: 2, columns: 9 },
    { rows: 0, columns: 4 },
  ])('sumSquares of $rows rows of $columns integers is exact', async ({ rows, columns }) => {
    const { kernels, put, doubles } = await createKernelBench(build);
    const stride = columns + 2;
    const x = Float32Array.from({ length: rows * stride + 4 }, (_, i) => ((i * 37) % 101) - 50);
    const result = put(new Float64Array([NaN]));
    kernels.sumSquares(result, put(x), stride * 4, rows, columns);
    let want = 0;
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) want += x[r * stride + c] ** 2;
    expect(doubles(result, 1)[0]).toBe(want);
  });

  test('sumSquares is in float64: squares that float32 cannot hold', async () => {
    const { kernels, put, doubles } = await createKernelBench(build);
    const x = Float32Array.of(2 ** 100, 2 ** -100, 1, 2 ** 100, 2 ** 100);
    const result = put(new Float64Array(1));
    kernels.sumSquares(result, put(x), 0, 1, 5);
    expect(doubles(result, 1)[0]).toBe(3 * 2 ** 200);
    kernels.sumSquares(result, put(x.slice(1, 3)), 0, 1, 1);
    expect(doubles(result, 1)[0]).toBe(2 ** -200);
  });

  test('sumSquares of anything not finite is not finite', async () => {
    const { kernels, put, doubles } = await createKernelBench(build);
    const result = put(new Float64Array(1));
    kernels.sumSquares(result, put(Float32Array.of(1, -Infinity, 2)), 0, 1, 3);
    expect(doubles(result, 1)[0]).toBe(Infinity);
    kernels.sumSquares(result, put(Float32Array.of(1, 2, 3, 4, NaN)), 0, 1, 5);
    expect(doubles(result, 1)[0]).toBeNaN();
  });
});
