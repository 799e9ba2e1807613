// The sum of two arrays by hand, with and without ReLU, in place too, in both builds.
import { describe, expect, test } from 'vitest';
import { createKernelBench } from './testing/kernel-bench.ts';

const a = Float32Array.of(1, -2, 3, -4, 0.5, 6, -7, 8);
const b = Float32Array.of(4, 1, -5, -1, 0.25, -6, 9, 1e30);
const sum = Float32Array.of(5, -1, -2, -5, 0.75, 0, 2, 1e30);

describe.each(['plain', 'shared'] as const)('%s', async (build) => {
  const { kernels, put, floats } = await createKernelBench(build);

  test('y = a + b', () => {
    const y = put(new Float32Array(8));
    kernels.add(y, put(a), put(b), 2, 0);
    expect(floats(y, 8)).toEqual(sum);
  });

  test('with ReLU, y over a; what follows stays as it is', () => {
    const y = put(a);
    kernels.add(y, y, put(b), 1, 1);
    expect([...floats(y, 8)]).toEqual([5, 0, 0, 0, ...a.subarray(4)]);
  });
});
