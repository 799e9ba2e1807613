import { describe, expect, test } from 'vitest';
import { adaptiveStep, type AdaptiveSettings } from './adaptive.ts';

const settings = { learningRate: 0.5, alpha: null, epsilon: 0, weightDecay: 0 };

/** Two steps with the gradients 3 and −4 from parameter 1: squares and parameter after each. */
function twoSteps(changed: Partial<AdaptiveSettings>): number[][] {
  const [parameter, squares] = [Float64Array.of(1), new Float64Array(1)];
  return [3, -4].map((gradient) => {
    adaptiveStep(parameter, Float64Array.of(gradient), squares, { ...settings, ...changed });
    return [squares[0], parameter[0]];
  });
}

describe('AdaGrad and RMSprop by hand', () => {
  test('AdaGrad: h = 9, 25; changes ½ · 3/3, −½ · 4/5', () => {
    expect(twoSteps({})).toEqual([
      [9, 0.5],
      [25, 0.9],
    ]);
  });

  test('epsilon is added to the root: half the step where both are equal', () => {
    expect(twoSteps({ epsilon: 3 })[0]).toEqual([9, 0.75]);
  });

  test('RMSprop, alpha 0: h is the last square, and a step is the rate', () => {
    expect(twoSteps({ alpha: 0 })).toEqual([
      [9, 0.5],
      [16, 1],
    ]);
  });

  test('RMSprop, alpha ¾: h = 9/4, then 27/16 + 4', () => {
    expect(twoSteps({ alpha: 0.75 }).map(([squares]) => squares)).toEqual([2.25, 5.6875]);
  });

  test('decay joins the gradient: −3 · 1 cancels 3, nothing moves', () => {
    const [squares, parameter] = twoSteps({ weightDecay: -3, epsilon: 1 })[0];
    expect([squares, parameter]).toEqual([0, 1]);
  });
});
