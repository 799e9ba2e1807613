import { expect, test } from 'vitest';
import { assertClose } from './assert-close.ts';
import { toAddress } from './address.ts';
import { createKernelBench } from './testing/kernel-bench.ts';
import type { KernelBuild } from './kernels.ts';

const builds = ['shared', 'wide'] as const satisfies readonly KernelBuild[];

/** Numbers from −0.5 to 0.5 without a pattern. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, i) => (Math.imul(i + 1 + seed * 7919, 0x9e3779b1) >>> 8) / 0x1000000 - 0.5,
  );
}

/** Two maps of three positions become one of two: a + b − c, and the copy of b in another plane. */
function sumProgram(laneBytes: number): Int32Array {
  const plane = 3 * laneBytes;
  const sum = [1, 2, 1, 0, laneBytes, 0, plane, laneBytes, plane, 2 * laneBytes, plane];
  const copy = [1, 1, 0, 2 * laneBytes, laneBytes, laneBytes, plane];
  return Int32Array.from([2, ...sum, ...copy]);
}

const lanes = [4, 8, 12, 16, 20, 24, 28, 32, 40, 52, 56, 104];

test.each(lanes)('combine, %i lanes: sums, with bias and ReLU', async (count) => {
  const x = numbers(2 * 3 * count, 1);
  const bias = Float32Array.of(0.25, -0.25);
  const results = await Promise.all(
    builds.map(async (build) => {
      const { kernels, put, floats } = await createKernelBench(build);
      const [out, source] = [put(new Float32Array(4 * count)), put(x)];
      const program = put(sumProgram(count * 4));
      kernels.combine(out, source, program, 2, count * 4, put(bias), 1);
      return floats(out, 4 * count);
    }),
  );
  const at = (channel: number, position: number, lane: number) =>
    x[(channel * 3 + position) * count + lane];
  const want = (row: number, lane: number) => {
    const [channel, isCopy] = [row % 2, row >= 2];
    const others = isCopy ? 0 : at(channel, 0, lane) - at(channel, 2, lane);
    return Math.max(0, bias[channel] + others + at(channel, 1, lane));
  };
  const all = Float32Array.from({ length: 4 * count }, (_, i) =>
    want(Math.floor(i / count), i % count),
  );
  assertClose(results[0], all, { rtol: 0, atol: 1e-6 }, 'out');
  expect(results[1]).toEqual(results[0]);
});

const sizes: [filters: number, channels: number, lanes: number][] = [
  [4, 4, 4],
  [5, 7, 8],
  [6, 9, 12],
  [9, 5, 24],
  [8, 8, 32],
];

test.each(sizes)(
  'products of %i filters, %i channels, %i lanes',
  async (filters, channels, count) => {
    const positions = Int32Array.of(3, 1);
    const uPlane = filters * channels * 4;
    const weights = numbers(2 * filters * channels, 2);
    const sums = numbers(4 * channels * count, 3);
    const gradients = numbers(4 * filters * count, 4);
    const results = await Promise.all(
      builds.map(async (build) => {
        const { kernels, put, floats } = await createKernelBench(build);
        const [M, dV] = [filters, channels].map((rows) => put(new Float32Array(4 * rows * count)));
        const dU = put(new Float32Array(2 * filters * channels));
        const [U, V, dM, table] = [put(weights), put(sums), put(gradients), put(positions)];
        const shape = [table, 2, filters, channels, count * 4] as const;
        kernels.bilinearProducts(M, V, U, uPlane, ...shape);
        kernels.bilinearInputProducts(dV, dM, U, uPlane, ...shape);
        kernels.bilinearWeightProducts(dU, uPlane, dM, V, ...shape, put(new Float32Array(64)));
        return {
          M: floats(M, 4 * filters * count),
          dV: floats(dV, 4 * channels * count),
          dU: floats(dU, 2 * filters * channels),
        };
      }),
    );
    const want = {
      M: new Float32Array(4 * filters * count),
      dV: new Float32Array(4 * channels * count),
      dU: new Float32Array(2 * filters * channels),
    };
    positions.forEach((size, plane) => {
      const before = plane === 0 ? 0 : positions[0];
      for (let f = 0; f < filters; f++) {
        for (let c = 0; c < channels; c++) {
          const u = (plane * filters + f) * channels + c;
          for (let n = 0; n < size * count; n++) {
            const m = (before * filters + f * size) * count + n;
            const v = (before * channels + c * size) * count + n;
            want.M[m] += weights[u] * sums[v];
            want.dV[v] += weights[u] * gradients[m];
            want.dU[u] += gradients[m] * sums[v];
          }
        }
      }
    });
    for (const name of ['M', 'dV', 'dU'] as const) {
      assertClose(results[0][name], want[name], { rtol: 1e-5, atol: 1e-5 }, name);
    }
    expect(results[1]).toEqual(results[0]);
  },
);

test('weights of two planes, and the gradient of nine taps', async () => {
  const pairs = 6;
  const weights = numbers(pairs * 9, 5);
  const half = new Int32Array(Float32Array.of(0.5).buffer)[0];
  const one = new Int32Array(Float32Array.of(1).buffer)[0];
  // Plane 0: tap 4; plane 1: half of the taps 0 and 8.
  const planes = Int32Array.of(1, 4, one, 2, 0, half, 8, half);
  const taps = [[1, 1, half], [], [], [], [1, 0, one], [], [], [], [1, 1, half]];
  const back = Int32Array.from(taps.flatMap((tap) => (tap.length > 0 ? tap : [0])));
  const { kernels, put, floats } = await createKernelBench('shared');
  const U = put(new Float32Array(2 * pairs));
  const at = put(weights);
  kernels.bilinearWeights(U, pairs * 4, at, put(planes), 2, 0, pairs, put(new Float32Array(36)));
  const got = floats(U, 2 * pairs);
  const dWeights = put(new Float32Array(pairs * 9));
  kernels.bilinearWeightGradient(dWeights, U, pairs * 4, put(back), pairs, 2);
  const want = Array.from({ length: 2 * pairs }, (_, i) => {
    const tap = (i % pairs) * 9;
    return i < pairs ? weights[tap + 4] : 0.5 * weights[tap] + 0.5 * weights[tap + 8];
  });
  assertClose(got, want, { rtol: 1e-6, atol: 1e-7 }, 'U');
  const wantBack = Array.from({ length: pairs * 9 }, (_, i) => {
    const [pair, tap] = [Math.floor(i / 9), i % 9];
    if (tap === 4) return want[pair] / 2;
    return tap % 8 === 0 ? want[pairs + pair] / 4 : 0;
  });
  assertClose(floats(toAddress(dWeights), pairs * 9), wantBack, { rtol: 1e-6, atol: 1e-7 }, 'dW');
});
