import { describe, expect, test } from 'vitest';
import { assertClose } from '../assert-close.ts';
import { larsStep } from './lars.ts';

const settings = { learningRate: 0.5, momentum: 0.5, trust: 0.25, weightDecay: 0 };

describe('LARS by hand', () => {
  test('the first step is rate · trust · ‖p‖ long: ‖p‖ = 10, ‖g‖ = 5, ratio 1/2', () => {
    const [parameter, velocity] = [Float64Array.of(6, 8), new Float64Array(2)];
    larsStep(parameter, Float64Array.of(3, -4), velocity, settings);
    expect(velocity).toEqual(Float64Array.of(0.75, -1));
    expect(parameter).toEqual(Float64Array.of(5.25, 9));
  });

  test('of a single number, two steps: the velocity keeps its half, the rate is in it', () => {
    const [parameter, velocity] = [Float64Array.of(16), new Float64Array(1)];
    larsStep(parameter, Float64Array.of(1000), velocity, settings);
    expect([parameter[0], velocity[0]]).toEqual([14, 2]);
    larsStep(parameter, Float64Array.of(-1), velocity, { ...settings, learningRate: 0.25 });
    expect([parameter[0], velocity[0]]).toEqual([13.875, 0.125]);
  });

  test('decay joins the gradient, and the length that the ratio divides by', () => {
    const [parameter, velocity] = [Float64Array.of(3, 4), new Float64Array(2)];
    larsStep(parameter, Float64Array.of(0, 2), velocity, { ...settings, weightDecay: 0.5 });
    const ratio = (0.25 * 5) / (2 + 0.5 * 5);
    const want = [3 - 0.5 * ratio * 1.5, 4 - 0.5 * ratio * 4];
    assertClose(parameter, want, { rtol: 1e-15, atol: 0 }, 'parameter');
  });

  test.each([
    ['the weight is 0', [0, 0], [2, -4], [-1, 2]],
    ['there is no gradient', [2, 4], [0, 0], [1.5, 3]],
  ])('where %s, the ratio is 1', (_, before, gradient, after) => {
    const parameter = Float64Array.from(before);
    const decay = { ...settings, weightDecay: 0.5 };
    larsStep(parameter, Float64Array.from(gradient), new Float64Array(2), decay);
    expect(parameter).toEqual(Float64Array.from(after));
  });
});
