import { describe, expect, test } from 'vitest';
import { normal } from './random.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const sizes = [
  { rows: 1, columns: 1 },
  { rows: 1, columns: 4 },
  { rows: 1, columns: 19 },
  { rows: 3, columns: 2 },
  { rows: 4, columns: 8 },
  { rows: 5, columns: 13 },
  { rows: 0, columns: 4 },
];

const special = [NaN, Infinity, -Infinity, -0, 0, 1e-45, 3e38, -3e38];

/** Rows `stride` floats apart; every seventh number is a special one. */
function numbers(name: string, rows: number, stride: number): Float32Array {
  const values = normal(1, name, new Float32Array((rows + 1) * stride), 0, 1e3);
  return values.map((value, i) => (i % 7 === 3 ? special[(i * 5) % special.length] : value));
}

/** Every number within the columns by `make`, the others as they are. */
function changed(
  values: Float32Array,
  { rows, columns, stride }: { rows: number; columns: number; stride: number },
  make: (value: number, row: number, column: number) => number,
): Float32Array {
  return values.map((value, i) => {
    const [row, column] = [Math.floor(i / stride), i % stride];
    return row < rows && column < columns ? make(value, row, column) : value;
  });
}

describe.each(['plain', 'shared', 'wide'] as const)('rows of the %s build', (build) => {
  test.each(sizes)('addRows adds $rows rows of $columns, and writes no others', async (size) => {
    const { kernels, put, floats } = await createKernelBench(build);
    const { rows, columns } = size;
    const [stride, xStride] = [columns + 3, columns + 1];
    const y = numbers('y', rows, stride);
    const x = numbers('x', rows, xStride);
    const [to, from] = [put(y), put(x)];
    kernels.addRows(to, stride * 4, from, xStride * 4, rows, columns);
    const want = changed(y, { rows, columns, stride }, (value, row, column) =>
      Math.fround(value + x[row * xStride + column]),
    );
    expect(floats(to, y.length)).toEqual(want);
    expect(floats(from, x.length)).toEqual(x);
  });

  test.each(sizes)('divideRows divides $rows rows of $columns, and no others', async (size) => {
    const { kernels, put, floats } = await createKernelBench(build);
    const { rows, columns } = size;
    const stride = columns + 3;
    const x = numbers('x', rows, stride);
    const at = put(x);
    kernels.divideRows(at, stride * 4, rows, columns, 300);
    const want = changed(x, { rows, columns, stride }, (value) => Math.fround(value / 300));
    expect(floats(at, x.length)).toEqual(want);
  });
});
