import { describe, expect, test } from 'vitest';
import { assertClose } from './assert-close.ts';
import { normal } from './random.ts';
import { lambStep } from './reference/lamb.ts';
import { norm } from './reference/norm.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const base = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-6, weightDecay: 0.01 };
const rows = [
  { title: 'defaults', settings: base },
  { title: 'without decay', settings: { ...base, weightDecay: 0 } },
  {
    title: 'other settings',
    settings: { learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-3, weightDecay: 0.5 },
  },
];

const steps = 6;
const gradientsOf = (step: number, count: number) =>
  normal(3, `gradients ${step}`, new Float32Array(count));

describe.each(['plain', 'shared', 'wide'] as const)('lambDirection of the %s build', (build) => {
  // Whole pairs of vectors, and one more.
  describe.each([16, 20])('%i values', (count) => {
    test.each(rows)(`$title: ${steps} steps are the reference's`, async ({ settings }) => {
      const { kernels, put, floats } = await createKernelBench(build);
      const { learningRate, beta1, beta2, epsilon, weightDecay } = settings;
      const initial = normal(3, 'parameters', new Float32Array(count));
      const p = put(initial);
      const [m, v] = [put(new Float32Array(count)), put(new Float32Array(count))];
      const wanted = Float64Array.from(initial);
      const kept = { mean: new Float64Array(count), square: new Float64Array(count) };
      const state = { ...kept, power1: 1, power2: 1 };
      for (let step = 0; step < steps; step++) {
        const g = put(Float32Array.of(...gradientsOf(step, count), 5, 5, 5, 5));
        const first = 1 / (1 - beta1 ** (step + 1));
        const scale = 1 / Math.sqrt(1 - beta2 ** (step + 1));
        kernels.lambDirection(
          g,
          m,
          v,
          p,
          count / 4,
          first,
          scale,
          beta1,
          1 - beta1,
          beta2,
          1 - beta2,
          epsilon,
          weightDecay,
        );
        const ratio = norm(floats(p, count)) / norm(floats(g, count));
        kernels.sgd(p, g, count / 4, learningRate * ratio, 0);
        lambStep(wanted, gradientsOf(step, count), state, settings);
        expect(floats(g + count * 4, 4)).toEqual(Float32Array.of(5, 5, 5, 5));
      }
      assertClose(floats(p, count), wanted, { rtol: 2e-6, atol: 2e-7 }, 'parameters');
      assertClose(floats(m, count), state.mean, { rtol: 2e-6, atol: 2e-7 }, 'first moments');
      assertClose(floats(v, count), state.square, { rtol: 2e-6, atol: 2e-7 }, 'second moments');
    });
  });

  test('moments below 1e-30 become zero and point nowhere', async () => {
    const { kernels, put, floats } = await createKernelBench(build);
    const m = put(Float32Array.of(1.2e-30, -1.2e-30, 1e-38, -1e-44));
    const v = put(Float32Array.of(1.2e-30, 1e-38, 1e-44, 0));
    const g = put(new Float32Array(4));
    const p = put(Float32Array.of(1, -2, 3e-5, 4));
    kernels.lambDirection(g, m, v, p, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 1e-6, 0);
    expect(floats(m, 4)).toEqual(new Float32Array(4));
    expect(floats(v, 4)).toEqual(new Float32Array(4));
    expect(floats(g, 4)).toEqual(new Float32Array(4));
  });
});
