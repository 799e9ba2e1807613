import { describe, expect, test } from 'vitest';
import { assertClose } from './assert-close.ts';
import { normal } from './random.ts';
import { adamStep, type AdamSettings } from './reference/adam.ts';
import type { FloatArray } from './tensor.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const base = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
const settings: { title: string; settings: AdamSettings }[] = [
  { title: 'Adam', settings: { ...base, decoupled: false } },
  { title: 'Adam with decay', settings: { ...base, weightDecay: 0.1, decoupled: false } },
  { title: 'AdamW', settings: { ...base, weightDecay: 0.1, decoupled: true } },
  {
    title: 'AdamW with other settings',
    settings: {
      learningRate: 0.1,
      beta1: 0.5,
      beta2: 0.9,
      epsilon: 1e-3,
      weightDecay: 0.5,
      decoupled: true,
    },
  },
];

const [steps, count] = [6, 20];
const initial = normal(3, 'parameters', new Float32Array(count));
const gradientsOf = (step: number) => normal(3, `gradients ${step}`, new Float32Array(count));

function reference(values: FloatArray, settings: AdamSettings): FloatArray {
  const zeros = () => values.map(() => 0);
  const state = { mean: zeros(), square: zeros(), power1: 1, power2: 1 };
  for (let step = 0; step < steps; step++) adamStep(values, gradientsOf(step), state, settings);
  return values;
}

describe.each(['plain', 'shared', 'wide'] as const)('adam of the %s build', (build) => {
  describe.each(settings)('$title', ({ settings }) => {
    test.each([
      { precision: 'Float64', values: () => Float64Array.from(initial) },
      { precision: 'Float32', values: () => Float32Array.from(initial) },
    ])(`${steps} steps are the reference's in $precision`, async ({ values }) => {
      const { kernels, put, floats } = await createKernelBench(build);
      const { learningRate, beta1, beta2, epsilon, weightDecay, decoupled } = settings;
      const p = put(Float32Array.of(...initial, 5, 5, 5, 5));
      const [m, v] = [put(new Float32Array(count)), put(new Float32Array(count))];
      for (let step = 0; step < steps; step++) {
        const [power1, power2] = [beta1 ** (step + 1), beta2 ** (step + 1)];
        kernels.adam(
          p,
          put(gradientsOf(step)),
          m,
          v,
          count / 4,
          learningRate / (1 - power1),
          1 / Math.sqrt(1 - power2),
          beta1,
          1 - beta1,
          beta2,
          1 - beta2,
          epsilon,
          decoupled ? 1 - learningRate * weightDecay : 1,
          decoupled ? 0 : weightDecay,
        );
      }
      const want = reference(values(), settings);
      assertClose(floats(p, count), want, { rtol: 2e-6, atol: 2e-7 }, 'parameters');
      expect(floats(p + count * 4, 4)).toEqual(Float32Array.of(5, 5, 5, 5));
    });
  });

  test('moments below 1e-30 become zero and change no parameter', async () => {
    const { kernels, put, floats } = await createKernelBench(build);
    const parameters = Float32Array.of(1, -2, 3e-5, 4, 1, 1, 1, 1);
    const p = put(parameters);
    const m = put(Float32Array.of(1.2e-30, -1.2e-30, 1e-38, -1e-44, 4e-30, -4e-30, 0, -0));
    const v = put(Float32Array.of(1.2e-30, 1e-38, 1e-44, 0, 4e-30, 4e-30, 1, 1e-45));
    const noGradient = put(new Float32Array(8));
    kernels.adam(p, noGradient, m, v, 2, 0.01, 1, 0.5, 0.5, 0.5, 0.5, 1e-8, 1, 0);
    const half = Math.fround(4e-30) / 2;
    expect([...floats(m, 8)]).toEqual([0, 0, 0, 0, half, -half, 0, 0]);
    expect([...floats(v, 8)]).toEqual([0, 0, 0, 0, half, half, 0.5, 0]);
    expect(floats(p, 8)).toEqual(parameters);
  });
});
