import { describe, expect, test } from 'vitest';
import { assertClose } from '../assert-close.ts';
import { lambStep } from './lamb.ts';

// m = g/2, v = g²/4 after the first step, so that m̂ = g, v̂ = g² and the direction is the gradient's sign.
const settings = { learningRate: 0.125, beta1: 0.5, beta2: 0.75, epsilon: 0, weightDecay: 0 };
const start = (count: number) => ({
  mean: new Float64Array(count),
  square: new Float64Array(count),
  power1: 1,
  power2: 1,
});

describe('LAMB by hand', () => {
  test('the first step is rate · ‖p‖ long: ‖p‖ = 6, ‖d‖ = 2, ratio 3', () => {
    const parameter = Float64Array.of(3, 3, 3, 3);
    const state = start(4);
    lambStep(parameter, Float64Array.of(2, -4, 1, -8), state, settings);
    const change = 0.125 * 3;
    expect(parameter).toEqual(Float64Array.of(3 - change, 3 + change, 3 - change, 3 + change));
    expect(state).toEqual({
      mean: Float64Array.of(1, -2, 0.5, -4),
      square: Float64Array.of(1, 4, 0.25, 16),
      power1: 0.5,
      power2: 0.75,
    });
  });

  test('of a single number, two steps, the second without a gradient: each is rate · |p|', () => {
    const [parameter, state] = [Float64Array.of(16), start(1)];
    lambStep(parameter, Float64Array.of(5), state, settings);
    expect(parameter[0]).toBe(16 - 0.125 * 16);
    lambStep(parameter, Float64Array.of(0), state, settings);
    expect(parameter[0]).toBe(14 - 0.125 * 14);
  });

  test('decay joins the direction before its length is taken: d = (1 + 3/2, 1 + 4/2)', () => {
    const [parameter, state] = [Float64Array.of(3, 4), start(2)];
    lambStep(parameter, Float64Array.of(2, 2), state, { ...settings, weightDecay: 0.5 });
    const ratio = 5 / Math.sqrt(2.5 ** 2 + 3 ** 2);
    const want = [3 - 0.125 * ratio * 2.5, 4 - 0.125 * ratio * 3];
    assertClose(parameter, want, { rtol: 1e-15, atol: 0 }, 'parameter');
  });

  test.each([
    ['the weight is 0', [0, 0], [2, -4], [-0.125, 0.125]],
    ['nothing pulls', [3, 4], [0, 0], [3, 4]],
  ])('where %s, the ratio is 1', (_, before, gradient, after) => {
    const parameter = Float64Array.from(before);
    lambStep(parameter, Float64Array.from(gradient), start(2), { ...settings, epsilon: 1e-300 });
    expect(parameter).toEqual(Float64Array.from(after));
  });
});
