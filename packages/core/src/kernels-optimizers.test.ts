import { describe, expect, test } from 'vitest';
import type { Address } from './address.ts';
import { assertClose } from './assert-close.ts';
import type { Kernels } from './kernel-signatures.ts';
import { normal } from './random.ts';
import { adaptiveStep } from './reference/adaptive.ts';
import { sgdStep } from './reference/sgd.ts';
import type { FloatArray } from './tensor.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

interface Row {
  title: string;
  kernel(kernels: Kernels, p: Address, g: Address, state: Address, vectors: number): void;
  reference(p: FloatArray, g: FloatArray, state: FloatArray): void;
}

const learningRate = 0.02;

function descent(name: 'sgd' | 'momentum' | 'nesterov', momentum: number, decay: number): Row {
  const nesterov = name === 'nesterov';
  return {
    title: `${name}, momentum ${momentum}, decay ${decay}`,
    kernel(kernels, p, g, state, vectors) {
      if (name === 'sgd') kernels.sgd(p, g, vectors, learningRate, decay);
      else kernels[name](p, g, state, vectors, learningRate, momentum, decay);
    },
    reference: (p, g, state) =>
      sgdStep(p, g, state, { learningRate, momentum, nesterov, weightDecay: decay }),
  };
}

function squares(alpha: number | null, epsilon: number, decay: number): Row {
  const [keep, gain] = alpha === null ? [1, 1] : [alpha, 1 - alpha];
  return {
    title: `${alpha === null ? 'AdaGrad' : `RMSprop ${alpha}`}, ε ${epsilon}, decay ${decay}`,
    kernel: (kernels, p, g, state, vectors) =>
      kernels.adaptive(p, g, state, vectors, learningRate, keep, gain, epsilon, decay),
    reference: (p, g, state) =>
      adaptiveStep(p, g, state, { learningRate, alpha, epsilon, weightDecay: decay }),
  };
}

const rows: Row[] = [
  descent('sgd', 0, 0),
  descent('sgd', 0, 0.1),
  descent('momentum', 0.9, 0),
  descent('momentum', 0.5, 0.1),
  descent('nesterov', 0.9, 0),
  descent('nesterov', 0.5, 0.1),
  squares(null, 1e-10, 0),
  squares(null, 1e-3, 0.1),
  squares(0.99, 1e-8, 0),
  squares(0.5, 1e-3, 0.1),
];

const [steps, count] = [6, 20];
const initial = normal(3, 'parameters', new Float32Array(count));
const gradientsOf = (step: number) => normal(3, `gradients ${step}`, new Float32Array(count));

describe.each(['plain', 'shared'] as const)('optimizers of the %s build', (build) => {
  test.each(rows)(`$title: ${steps} steps are the reference's`, async ({ kernel, reference }) => {
    const { kernels, put, floats } = await createKernelBench(build);
    const p = put(Float32Array.of(...initial, 5, 5, 5, 5));
    const state = put(new Float32Array(count));
    const [parameter, kept] = [Float64Array.from(initial), new Float64Array(count)];
    for (let step = 0; step < steps; step++) {
      kernel(kernels, p, put(gradientsOf(step)), state, count / 4);
      reference(parameter, gradientsOf(step), kept);
    }
    assertClose(floats(p, count), parameter, { rtol: 2e-6, atol: 2e-7 }, 'parameters');
    expect(floats(p + count * 4, 4)).toEqual(Float32Array.of(5, 5, 5, 5));
  });

  test.each(rows.filter(({ title }) => !title.startsWith('sgd')))(
    '$title: a state below 1e-30 becomes zero and changes no parameter',
    async ({ kernel }) => {
      const { kernels, put, floats } = await createKernelBench(build);
      const parameters = new Float32Array(4);
      const p = put(parameters);
      const state = put(Float32Array.of(0.9e-30, 1e-38, 1e-44, 0));
      kernel(kernels, p, put(new Float32Array(4)), state, 1);
      expect(floats(state, 4)).toEqual(new Float32Array(4));
      expect(floats(p, 4)).toEqual(parameters);
    },
  );
});
