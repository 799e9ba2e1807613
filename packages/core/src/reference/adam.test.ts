import { describe, expect, test } from 'vitest';
import { assertClose } from '../assert-close.ts';
import { adamStep } from './adam.ts';

// Settings whose first step is made of powers of two: m = g/2, v = g²/4, so that m̂ = g, v̂ = g².
const settings = { learningRate: 0.125, beta1: 0.5, beta2: 0.75, epsilon: 0, weightDecay: 0 };
const start = () => ({
  mean: new Float64Array(2),
  square: new Float64Array(2),
  power1: 1,
  power2: 1,
});

describe('adam by hand', () => {
  test('the first step is the learning rate, against the sign of the gradient', () => {
    const [parameter, state] = [Float64Array.of(1, 2), start()];
    adamStep(parameter, Float64Array.of(2, -4), state, { ...settings, decoupled: false });
    expect(parameter).toEqual(Float64Array.of(0.875, 2.125));
    expect(state).toEqual({
      mean: Float64Array.of(1, -2),
      square: Float64Array.of(1, 4),
      power1: 0.5,
      power2: 0.75,
    });
  });

  test('the second, without a gradient: m̂ = ±2/3, ±4/3 and v̂ = 12/7, 48/7', () => {
    const [parameter, state] = [Float64Array.of(1, 2), start()];
    for (const gradient of [Float64Array.of(2, -4), new Float64Array(2)]) {
      adamStep(parameter, gradient, state, { ...settings, decoupled: false });
    }
    const change = (0.125 * (2 / 3)) / Math.sqrt(12 / 7);
    const want = [0.875 - change, 2.125 + change];
    assertClose(parameter, want, { rtol: 1e-15, atol: 0 }, 'parameter');
  });

  test('epsilon is added to the root: half the step where both are equal', () => {
    const parameter = Float64Array.of(1);
    const state = { ...start(), mean: new Float64Array(1), square: new Float64Array(1) };
    adamStep(parameter, Float64Array.of(2), state, { ...settings, epsilon: 2, decoupled: false });
    expect(parameter).toEqual(Float64Array.of(1 - 0.125 / 2));
  });

  test('decay of Adam joins the gradient: 0.5 · 4 cancels −2, nothing moves', () => {
    const [parameter, state] = [Float64Array.of(4, 4), start()];
    const decay = { ...settings, epsilon: 1, weightDecay: 0.5, decoupled: false };
    adamStep(parameter, Float64Array.of(-2, -2), state, decay);
    expect(parameter).toEqual(Float64Array.of(4, 4));
    expect(state.mean).toEqual(Float64Array.of(0, 0));
  });

  test('decay of AdamW shrinks the parameter by rate · decay and leaves the moments alone', () => {
    const [parameter, state] = [Float64Array.of(16, 16), start()];
    const decay = { ...settings, epsilon: 1, weightDecay: 0.5, decoupled: true };
    adamStep(parameter, new Float64Array(2), state, decay);
    expect(parameter).toEqual(Float64Array.of(15, 15));
    expect(state.mean).toEqual(new Float64Array(2));
  });
});
