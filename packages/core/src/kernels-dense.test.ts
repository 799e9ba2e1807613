import { describe, expect, test } from 'vitest';
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
