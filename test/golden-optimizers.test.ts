import {
  adamStep,
  assertClose,
  createKernels,
  createMemory,
  loadKernelModule,
  type AdamSettings,
} from '@convbook/core';
import { optimizerKinds } from '@convbook/trainer';
import { describe, expect, it } from 'vitest';
import { goldenCases, type GoldenCase, type GoldenTensor } from './golden.ts';

const module = await loadKernelModule('plain');

const cases = goldenCases('optimizers.json').filter(
  ({ attrs }) => attrs.optimizer === 'adam' || attrs.optimizer === 'adamw',
);

const lists = ({ inputs, outputs }: GoldenCase) => ({
  start: inputs.p.data,
  gradients: (inputs.grads as unknown as GoldenTensor[]).map(({ data }) => data),
  wanted: (outputs.p_after_step as unknown as GoldenTensor[]).map(({ data }) => data),
});

function settingsOf({ attrs }: GoldenCase): AdamSettings {
  const [beta1, beta2] = attrs.betas as [number, number];
  return {
    ...{ learningRate: attrs.lr as number, beta1, beta2, epsilon: attrs.eps as number },
    ...{ weightDecay: (attrs.weight_decay as number | undefined) ?? 0 },
    decoupled: attrs.optimizer === 'adamw',
  };
}

describe('Adam and AdamW equal PyTorch after each of 5 steps', () => {
  it('has cases of both', () => {
    expect(new Set(cases.map(({ attrs }) => attrs.optimizer))).toEqual(new Set(['adam', 'adamw']));
  });

  it.each(cases)('the trainer: $name', (golden) => {
    const { start, gradients, wanted } = lists(golden);
    const { learningRate, decoupled, ...settings } = settingsOf(golden);
    const kind = optimizerKinds[decoupled ? 'adamw' : 'adam'];
    const own = { ...kind.defaults, ...settings };
    // Parameters, gradients and the two states, 8 floats each.
    const memory = createMemory('plain', 1024);
    const kernels = createKernels(module, memory);
    const places = { parameters: 64, gradients: 128, states: [192, 256], vectors: 2 };
    const floatsAt = (address: number) => new Float32Array(memory.buffer, address, start.length);
    floatsAt(places.parameters).set(start);
    const scalars = Float64Array.from(kind.initialScalars);
    expect(kind.stateCount).toBe(places.states.length);
    gradients.forEach((gradient, step) => {
      floatsAt(places.gradients).set(gradient);
      kind.advance(own, scalars);
      kind.update(kernels, own, scalars, learningRate, places);
      assertClose(floatsAt(places.parameters), wanted[step], golden.tolerance, `step ${step + 1}`);
    });
    // The lanes behind the last parameter stay 0.
    expect([...new Float32Array(memory.buffer, places.parameters + start.length * 4, 2)]).toEqual([
      0, 0,
    ]);
  });

  it.each(cases)('the reference: $name', (golden) => {
    const { start, gradients, wanted } = lists(golden);
    const settings = settingsOf(golden);
    const parameter = Float64Array.from(start);
    const [mean, square] = [parameter.map(() => 0), parameter.map(() => 0)];
    const state = { mean, square, power1: 1, power2: 1 };
    gradients.forEach((gradient, step) => {
      adamStep(parameter, Float64Array.from(gradient), state, settings);
      assertClose(parameter, wanted[step], { rtol: 1e-12, atol: 1e-15 }, `step ${step + 1}`);
    });
  });
});
