import { describe, expect, test } from 'vitest';
import { sgdStep } from './sgd.ts';

const settings = { learningRate: 0.5, momentum: 0, nesterov: false, weightDecay: 0 };

/** Two steps with the gradients 2 and 4 from parameter 1: the parameter after each. */
function twoSteps(changed: Partial<typeof settings>): number[] {
  const [parameter, velocity] = [Float64Array.of(1), new Float64Array(1)];
  return [2, 4].map((gradient) => {
    sgdStep(parameter, Float64Array.of(gradient), velocity, { ...settings, ...changed });
    return parameter[0];
  });
}

describe('gradient descent by hand', () => {
  test.each([
    ['plain: 1 − 1, 0 − 2', {}, [0, -2]],
    ['momentum ½: v = 2, 5', { momentum: 0.5 }, [0, -2.5]],
    [
      'nesterov ½: 2 + ½ · 2 = 3, 4 + ½ · 5 = 6.5',
      { momentum: 0.5, nesterov: true },
      [-0.5, -3.75],
    ],
    ['decay ½ joins the gradient: 2 + ½ · 1, 4 − ½ · ¼', { weightDecay: 0.5 }, [-0.25, -2.1875]],
  ])('%s', (_, changed, want) => expect(twoSteps(changed)).toEqual(want));
});
