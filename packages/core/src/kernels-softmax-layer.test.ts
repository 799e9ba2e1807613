// The softmax layer's kernels within max(4 ulp, 1e-7) of float64, over ordinary and extreme inputs.
import { describe, expect, test } from 'vitest';
import { normal } from './random.ts';
import { softmaxBackward, softmaxForward } from './reference/softmax.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const { kernels, put, floats } = await createKernelBench('plain');

/** Forward, then backward, of columns of as many channels; in the kernels' layout `[channel][lane]`. */
function run(columns: readonly (readonly number[])[], dY: ArrayLike<number>) {
  const channels = columns[0].length;
  const lanes = Math.ceil(columns.length / 4) * 4;
  const place = (value: (n: number, c: number) => number) => {
    const values = new Float32Array(channels * lanes);
    columns.forEach((column, n) => {
      column.forEach((_, c) => (values[c * lanes + n] = value(n, c)));
    });
    return put(values);
  };
  const taken = (at: number) => {
    const values = floats(at, channels * lanes);
    return columns.flatMap((column, n) => column.map((_, c) => values[c * lanes + n]));
  };
  // In place, as both may be.
  const y = place((n, c) => columns[n][c]);
  kernels.softmax(y, y, channels, lanes * 4);
  const dX = place((n, c) => dY[n * channels + c]);
  kernels.softmaxGradient(dX, dX, y, channels, lanes * 4);
  return { y: taken(y), dX: taken(dX) };
}

describe('softmax', () => {
  test.each([
    { title: 'equal', row: [3, 3, 3, 3], y: [0.25, 0.25, 0.25, 0.25] },
    { title: 'log 1 and log 3', row: [0, Math.fround(Math.log(3))], y: [0.25, 0.75] },
    { title: '±1000', row: [1000, -1000, 1000], y: [0.5, 0, 0.5] },
    { title: 'denormals and zeros', row: [0, -0, 1e-45, -1e-45], y: [0.25, 0.25, 0.25, 0.25] },
    { title: 'an infinity', row: [Infinity, 3, -Infinity], y: [1, 0, 0] },
    { title: 'two infinities', row: [Infinity, Infinity, 1000], y: [0.5, 0.5, 0] },
    { title: 'nothing but −∞', row: [-Infinity, -Infinity], y: [0.5, 0.5] },
    { title: 'one channel', row: [-88], y: [1] },
  ])('by hand: $title', ({ row, y }) => {
    const got = run([row], new Float32Array(row.length));
    expect(got.y.map((value) => Math.fround(Math.round(value * 1e7) / 1e7))).toEqual(y);
    expect([
      ...softmaxForward({ shape: [1, row.length], data: Float64Array.from(row) }).data,
    ]).toEqual(y.map((value) => expect.closeTo(value, 7) as number));
  });

  test('its gradient by hand: y · (dY − Σ y · dY)', () => {
    expect(run([[5, 5]], [1, 3]).dX).toEqual([-0.5, 0.5]);
  });

  test('values and gradients equal the reference over a grid', () => {
    const special = [0, 1e-45, 1e-40, 1.2e-38, 1e-8, 1e-4, 1, 88, 1000, Infinity];
    const signed = [...special, ...special.map((value) => -value)];
    const ordinary = normal(1, 'x', new Float32Array(900), 0, 4);
    const columns = [
      ...signed.flatMap((a) => signed.map((b) => [a, b, 1].map(Math.fround))),
      ...Array.from({ length: 300 }, (_, n) => [...ordinary.subarray(3 * n, 3 * n + 3)]),
    ];
    const dY = normal(1, 'dY', new Float32Array(columns.length * 3));
    const got = run(columns, dY);
    const x = { shape: [columns.length, 3], data: Float64Array.from(columns.flat()) };
    const y = softmaxForward(x);
    const dX = softmaxBackward(y, Float64Array.from(dY));
    const far = (values: readonly number[], wanted: ArrayLike<number>) =>
      values.flatMap((value, i) =>
        Math.abs(value - wanted[i]) <= Math.max(1e-7, 2 ** -21 * Math.abs(wanted[i]))
          ? []
          : [[columns[Math.floor(i / 3)], value, wanted[i]]],
      );
    expect(far(got.y, y.data)).toEqual([]);
    // The gradient is taken at y as float32 holds it.
    expect(
      far(got.dX, dX).filter(([, value, want]) => Math.abs(Number(value) - Number(want)) > 4e-7),
    ).toEqual([]);
  });

  test('NaN stays NaN', () => {
    expect(run([[1, NaN, 2]], [1, 1, 1]).y).toEqual([NaN, NaN, NaN]);
  });
});
