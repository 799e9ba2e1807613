import { describe, expect, test } from 'vitest';
import type { KernelBuild } from './kernels.ts';
import { normal, uniform } from './random.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

/** Normal numbers, a share of which is zero, some of these with a sign. */
function withZeros(name: string, count: number, share: number): Float32Array {
  const values = normal(1, name, new Float32Array(count), 0, 1);
  const chosen = uniform(1, `${name} zeros`, new Float32Array(count), 0, 1);
  return values.map((value, k) => (chosen[k] >= share ? value : chosen[k] < share / 2 ? -0 : 0));
}

describe.each(['plain', 'shared', 'wide'] as const)('dense in the %s build', (build) => {
  test.each([
    { outputs: 1, inputs: 24, lanes: 4 },
    { outputs: 5, inputs: 25, lanes: 8 },
    { outputs: 10, inputs: 47, lanes: 12 },
    { outputs: 33, inputs: 48, lanes: 16 },
    { outputs: 9, inputs: 49, lanes: 8 },
    { outputs: 100, inputs: 100, lanes: 12 },
  ])(
    'sparseInputGradient of $outputs × $inputs, $lanes lanes, is denseInputGradient to the last bit',
    async ({ outputs, inputs, lanes }) => {
      for (const share of [0, 0.1, 0.5, 1]) {
        const { kernels, put, integers } = await createKernelBench(build, 262144);
        const w = put(withZeros('w', outputs * inputs, 0.1));
        const dY = put(withZeros('dY', outputs * lanes, share));
        const [got, want] = [1, 2].map(() => put(new Float32Array(inputs * lanes + 4).fill(7)));
        const scratch = put(new Uint8Array(768 + lanes * 4 + outputs * lanes * 8));
        kernels.denseInputGradient(want, dY, w, outputs, inputs, lanes * 4);
        kernels.sparseInputGradient(got, dY, w, outputs, inputs, lanes * 4, scratch);
        expect(integers(got, inputs * lanes + 4)).toEqual(integers(want, inputs * lanes + 4));
      }
    },
  );
});

const sizes = [
  [1, 3, 4],
  [4, 4, 8],
  [5, 9, 12],
  [10, 47, 16],
  [33, 24, 20],
  [7, 25, 24],
  [64, 64, 28],
  [23, 11, 104],
];

test.each(sizes)(
  'dense kernels of %i × %i, %i lanes: wide and narrow give equal bytes',
  async (...size) => {
    expect(await denseBytes('wide', size)).toEqual(await denseBytes('shared', size));
  },
);

/** The results of all three kernels for one layer. */
async function denseBytes(build: KernelBuild, size: readonly number[]): Promise<Int32Array[]> {
  const [outputs, inputs, lanes] = size;
  const { kernels, put, integers } = await createKernelBench(build, 262144);
  const numbers = (name: string, count: number) =>
    put(normal(1, name, new Float32Array(count), 0, 1));
  const empty = (count: number) => put(new Float32Array(count));
  const x = numbers('x', inputs * lanes);
  const weights = numbers('weights', outputs * inputs);
  const bias = numbers('bias', outputs);
  const dY = numbers('dY', outputs * lanes);
  const y = empty(outputs * lanes);
  const dX = empty(inputs * lanes);
  const dWeights = empty(outputs * inputs);
  kernels.dense(y, x, weights, bias, outputs, inputs, lanes * 4, 1);
  kernels.denseInputGradient(dX, dY, weights, outputs, inputs, lanes * 4);
  const scratch = empty(64);
  kernels.denseWeightGradient(dWeights, dY, x, lanes * 4, outputs, inputs, 0, inputs, 7, scratch);
  return [
    integers(y, outputs * lanes),
    integers(dX, inputs * lanes),
    integers(dWeights, outputs * inputs),
  ];
}
