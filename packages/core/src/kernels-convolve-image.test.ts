// The kernels of images against plain loops with each operation rounded to float32: every bit must be the same.
import { describe, expect, test } from 'vitest';
import { normal } from './random.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const builds = ['plain', 'shared', 'wide'] as const;
const numbers = (name: string, count: number) => normal(1, name, new Float32Array(count), 0, 1);

/** `bias + Σ weight · x`, in order. */
function sumOf(bias: number, products: readonly (readonly [weight: number, x: number])[]): number {
  return products.reduce((sum, [weight, x]) => {
    return Math.fround(sum + Math.fround(weight * x));
  }, bias);
}

describe('convolveImage', () => {
  const channels = 3;
  // In floats: a position has `column`, of which three are values, a sample five positions more than it needs.
  const column = 8;
  const positions = [0, 3, 1, 2, 5, 4, 6, 7];
  const taps = [0, 2, 5];
  const places = 13;
  const samples = 2;

  /** Eight filters a block, the last of four where no more are left. */
  function blocksOf(weights: Float32Array, filters: number): Float32Array {
    const blocks: number[] = [];
    for (let first = 0; first < filters; first += 8)
      for (let c = 0; c < channels; c++)
        for (let tap = 0; tap < taps.length; tap++)
          for (let k = 0; k < Math.min(8, filters - first); k++)
            blocks.push(weights[((first + k) * channels + c) * taps.length + tap]);
    return Float32Array.from(blocks);
  }

  /** Two tiles of four positions each; the second leaves the first tap out. */
  function programOf(outs: readonly number[]): Int32Array {
    const tapsAt = 21 * 4;
    const tiles = [0, 1].flatMap((tile) => {
      const own = positions.slice(tile * 4, tile * 4 + 4);
      const start = tapsAt + tile * 8;
      return [
        ...own.map((position) => position * column * 4),
        ...outs.slice(tile * 4, tile * 4 + 4),
        start,
        tapsAt + taps.length * 8,
      ];
    });
    return Int32Array.from([
      2,
      ...tiles,
      ...taps.flatMap((tap, at) => [tap * column * 4, at * 32]),
    ]);
  }

  const cases = [4, 8, 12, 16, 20].flatMap((filters) =>
    [false, true].flatMap((pools) => [false, true].map((relu) => ({ filters, pools, relu }))),
  );

  test.each(cases)(
    '$filters filters, pooled: $pools, ReLU: $relu, in every build',
    async ({ filters, pools, relu }) => {
      const [x, w] = [
        numbers('x', samples * places * column),
        numbers('w', filters * channels * 3),
      ];
      const bias = numbers('bias', filters);
      const outs = positions.map((position) => position * filters * 4);
      const outFloats = positions.length * filters;
      for (const build of builds) {
        const { kernels, put, integers } = await createKernelBench(build);
        const out = put(new Float32Array(samples * outFloats));
        const sizes = [places * column * 4, samples, 4] as const;
        // prettier-ignore
        kernels.convolveImage(
          out, outFloats * 4, put(x), ...sizes, put(blocksOf(w, filters)), taps.length * 32, put(bias), filters,
          channels, put(programOf(outs)), pools ? 1 : 0, relu ? 1 : 0,
        );
        const want = expected(x, w, bias, { filters, pools, relu });
        expect(integers(out, want.length)).toEqual(new Int32Array(want.buffer));
      }
    },
  );

  function expected(
    x: Float32Array,
    w: Float32Array,
    bias: Float32Array,
    { filters, pools, relu }: { filters: number; pools: boolean; relu: boolean },
  ): Float32Array {
    const out = new Float32Array(samples * positions.length * filters);
    const floor = (value: number) => (relu && value < 0 ? 0 : value);
    for (let n = 0; n < samples; n++)
      for (let f = 0; f < filters; f++)
        for (const tile of [0, 1]) {
          const own = positions.slice(tile * 4, tile * 4 + 4);
          const sums = own.map((position) => {
            const products = [0, 1, 2].flatMap((c) =>
              taps.slice(tile).map((tap, at) => {
                const weight = w[(f * channels + c) * taps.length + at + tile];
                return [weight, x[(n * places + position + tap) * column + c]] as const;
              }),
            );
            return sumOf(bias[f], products);
          });
          const place = (position: number) => (n * positions.length + position) * filters + f;
          if (pools) out[place(own[0])] = floor(Math.max(...sums));
          else own.forEach((position, k) => (out[place(position)] = floor(sums[k])));
        }
    return out;
  }
});

describe('convolvePosition', () => {
  const sizes = [1, 2, 3, 4, 5, 7].flatMap((blocks) =>
    [1, 3].map((channels) => ({ blocks, channels })),
  );

  test.each(sizes)(
    '$blocks blocks, $channels channels, in every build',
    async ({ blocks, channels }) => {
      const taps = [0, 3, 4, 9];
      const plane = 11;
      const x = numbers('x', channels * plane);
      const bias = numbers('bias', blocks * 8);
      const size = channels * taps.length * 8;
      const w = numbers('w', blocks * size);
      const want = Float32Array.from({ length: blocks * 8 }, (_, f) => {
        const block = Math.floor(f / 8) * size + (f % 8);
        const products = Array.from({ length: channels }, (_, c) =>
          taps.map((tap, at) => {
            return [w[block + (c * taps.length + at) * 8], x[c * plane + tap]] as const;
          }),
        );
        return sumOf(bias[f], products.flat());
      });
      for (const build of builds) {
        const { kernels, put, floats } = await createKernelBench(build);
        const out = put(new Float32Array(blocks * 8));
        const places = [put(x), plane * 4, put(w), taps.length * 32, put(bias)] as const;
        const offsets = put(Int32Array.from(taps, (tap) => tap * 4));
        for (const relu of [0, 1]) {
          kernels.convolvePosition(out, ...places, blocks, channels, offsets, taps.length, relu);
          const expected = relu ? want.map((value) => (value < 0 ? 0 : value)) : want;
          expect(floats(out, blocks * 8)).toEqual(expected);
        }
      }
    },
  );
});

describe.each(builds)('rows of channels in the %s build', (build) => {
  const sizes = [
    [1, 1],
    [3, 2],
    [7, 4],
  ];

  test.each(sizes)('normalizeImage of %i positions, %i vectors', async (positions, vectors) => {
    const width = vectors * 4;
    const [x, n] = [numbers('x', positions * width), numbers('numbers', 3 * width)];
    const want = x.map((value, at) => {
      const c = at % width;
      const scaled = Math.fround(Math.fround(value - n[c]) * n[width + c]);
      return Math.fround(scaled + n[2 * width + c]);
    });
    const { kernels, put, floats } = await createKernelBench(build);
    const y = put(new Float32Array(x.length));
    kernels.normalizeImage(y, put(x), put(n), positions, vectors, 0);
    expect(floats(y, x.length)).toEqual(want);
    kernels.normalizeImage(y, put(x), put(n), positions, vectors, 1);
    expect(floats(y, x.length)).toEqual(want.map((value) => (value < 0 ? 0 : value)));
  });

  test.each(sizes)('preluImage of %i positions, %i vectors', async (positions, vectors) => {
    const width = vectors * 4;
    const [x, weights] = [numbers('x', positions * width), numbers('weights', width)];
    const { kernels, put, floats } = await createKernelBench(build);
    const y = put(x);
    kernels.preluImage(y, y, put(weights), positions, vectors);
    const want = x.map((value, at) => (value > 0 ? value : value * weights[at % width]));
    expect(floats(y, x.length)).toEqual(want);
  });
});
