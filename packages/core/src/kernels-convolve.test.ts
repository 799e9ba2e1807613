import { describe, expect, test } from 'vitest';
import { assertClose } from './assert-close.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const builds = ['plain', 'shared', 'wide'] as const;
type Build = (typeof builds)[number];

/** `count` numbers from −1 to 1 without a pattern. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    return (Math.imul(i + seed, 0x9e3779b1) >>> 8) / 0x800000 - 1;
  });
}

/** A map of `runs` of so many vectors, side by side, followed by what the taps read beyond it. */
interface Maps {
  readonly runs: readonly number[];
  /** How many vectors after a position its taps read. */
  readonly taps: readonly number[];
  readonly plane: number;
}

function mapsOf(runs: readonly number[], taps: number): Maps {
  const offsets = Array.from({ length: taps }, (_, tap) => (tap * 3) % 11);
  return { runs, taps: offsets, plane: sum(runs) + 11 };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The window program: all runs have all taps. */
function programOf({ runs, taps }: Maps): Int32Array {
  const header = 1 + runs.length * 5;
  const segments = runs.map((vectors, r) => {
    const at = sum(runs.slice(0, r)) * 16;
    return [at, at, vectors, header * 4, taps.length];
  });
  const entries = taps.map((offset, tap) => [offset * 16, tap * 4]);
  return Int32Array.from([runs.length, ...segments.flat(), ...entries.flat()]);
}

const runs = [[1], [2], [3], [4], [5], [6], [8], [9], [12, 4], [4, 2, 6, 1], [2, 2, 2]];

describe('convolve', () => {
  const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 11].flatMap((filters) =>
    runs.map((lengths) => ({ filters, lengths })),
  );

  async function convolve(build: Build, filters: number, maps: Maps, relu: 0 | 1) {
    const { kernels, put, floats } = await createKernelBench(build);
    const [channels, taps] = [3, maps.taps.length];
    const out = put(new Float32Array(filters * maps.plane * 4));
    const source = put(numbers(channels * maps.plane * 4, 1));
    const weights = put(numbers(filters * channels * taps, 2));
    const bias = put(numbers(filters, 3));
    const plane = maps.plane * 16;
    const program = put(programOf(maps));
    const [filterBytes, channelBytes] = [channels * taps * 4, taps * 4];
    // prettier-ignore
    kernels.convolve(
      out, plane, source, plane, weights, filterBytes, channelBytes, bias, filters, channels, program, relu,
    );
    return floats(out, filters * maps.plane * 4);
  }

  /** In the kernels' order of sums, each operation rounded to float32: every bit must be the same. */
  function expected(filters: number, { runs: lengths, taps, plane }: Maps, relu: 0 | 1) {
    const [x, w] = [numbers(3 * plane * 4, 1), numbers(filters * 3 * taps.length, 2)];
    const bias = numbers(filters, 3);
    const out = new Float32Array(filters * plane * 4);
    for (let f = 0; f < filters; f++)
      for (let q = 0; q < sum(lengths) * 4; q++) {
        let total = bias[f];
        for (let c = 0; c < 3; c++)
          for (const [tap, offset] of taps.entries()) {
            const product = w[(f * 3 + c) * taps.length + tap] * x[c * plane * 4 + q + offset * 4];
            total = Math.fround(total + Math.fround(product));
          }
        out[f * plane * 4 + q] = relu ? Math.max(total, 0) : total;
      }
    return out;
  }

  test.each(sizes)(
    '$filters filters, runs of $lengths vectors: every build, every bit',
    async ({ filters, lengths }) => {
      const maps = mapsOf(lengths, 4);
      for (const build of builds) {
        for (const relu of [0, 1] as const) {
          const out = await convolve(build, filters, maps, relu);
          expect(out).toEqual(expected(filters, maps, relu));
        }
      }
    },
  );
});

describe('convolveWeightGradient', () => {
  const sizes = [1, 2, 3, 4, 5, 6, 7, 9].flatMap((filters) =>
    [1, 2, 3, 4, 5, 9].flatMap((columns) => runs.map((lengths) => ({ filters, columns, lengths }))),
  );
  const divisor = 3;

  async function gradient(build: Build, filters: number, maps: Maps) {
    const { kernels, put, floats } = await createKernelBench(build);
    const columns = maps.taps.length;
    // A gap after each value shows that the strides are kept.
    const dWeights = put(new Float32Array(filters * columns * 2));
    const dY = put(numbers(filters * maps.plane * 4, 4));
    const source = put(numbers(maps.plane * 4, 5));
    const offsets = put(Int32Array.from(maps.taps, (offset) => offset * 16));
    const program = put(programOf(maps));
    const sums = put(new Float32Array(64));
    const [filterBytes, plane] = [columns * 8, maps.plane * 16];
    // prettier-ignore
    kernels.convolveWeightGradient(
      dWeights, filterBytes, 8, dY, plane, source, offsets, filters, columns, program, divisor, sums,
    );
    return floats(dWeights, filters * columns * 2);
  }

  function expected(filters: number, { runs: lengths, taps, plane }: Maps) {
    const [dY, x] = [numbers(filters * plane * 4, 4), numbers(plane * 4, 5)];
    const positions = Array.from({ length: sum(lengths) * 4 }, (_, q) => q);
    return Float64Array.from({ length: filters * taps.length * 2 }, (_, at) => {
      const [f, j] = [Math.floor(at / 2 / taps.length), Math.floor(at / 2) % taps.length];
      if (at % 2 === 1) return 0;
      const products = positions.map((q) => dY[f * plane * 4 + q] * x[q + taps[j] * 4]);
      return sum(products) / divisor;
    });
  }

  test.each(sizes)(
    '$filters filters, $columns columns, runs of $lengths vectors: as the sums, the same bits in every build',
    async ({ filters, columns, lengths }) => {
      const maps = mapsOf(lengths, columns);
      const [plain, shared, wide] = await Promise.all(
        builds.map((build) => gradient(build, filters, maps)),
      );
      const shape = [filters, columns, 2];
      assertClose(plain, expected(filters, maps), { shape, rtol: 1e-5, atol: 1e-5 }, 'dWeights');
      expect(shared).toEqual(plain);
      expect(wide).toEqual(plain);
    },
  );
});

describe('biasGradient', () => {
  const sizes = [1, 2, 3, 4, 5, 7, 8].flatMap((filters) =>
    [1, 2, 3, 4, 7].map((vectors) => ({ filters, vectors })),
  );

  test.each(sizes)(
    '$filters filters, $vectors vectors: as the sums, the same bits in every build',
    async ({ filters, vectors }) => {
      const dY = numbers(filters * vectors * 4, 6);
      const want = Float64Array.from({ length: filters }, (_, f) =>
        sum([...dY.subarray(f * vectors * 4, (f + 1) * vectors * 4)]),
      );
      const sums = await Promise.all(
        builds.map(async (build) => {
          const { kernels, put, floats } = await createKernelBench(build);
          const dBias = put(new Float32Array(filters));
          kernels.biasGradient(dBias, put(dY), vectors * 16, filters, vectors);
          return floats(dBias, filters);
        }),
      );
      assertClose(sums[0], want, { rtol: 1e-5, atol: 1e-5 }, 'dBias');
      expect(sums[1]).toEqual(sums[0]);
      expect(sums[2]).toEqual(sums[0]);
    },
  );
});
