// Each optimizer by hand on two parameters, one step after another.
import { loadKernelModule } from '@convbook/core/node';
import { adamStep, adaptiveStep, lambStep, larsStep, sgdStep } from '@convbook/core/reference';
import { assertClose } from '@convbook/core/testing';
import { optimizers, type Optimizer } from '@convbook/run/settings';
import { expect, test } from 'vitest';
import { createDescent } from './index.ts';

const module = await loadKernelModule('plain');
const start = [3, -2];
const learningRate = 0.25;

/** A function whose gradient the parameters are. */
const gradientOf = (at: ArrayLike<number>) => [at[0], 4 * at[1]];

/** A step of the plain loops in float64, on the parameters that it is given. */
function referenceOf(optimizer: Optimizer): (parameters: Float64Array) => void {
  const [first, second] = [new Float64Array(2), new Float64Array(2)];
  const state = { mean: first, square: second, power1: 1, power2: 1 };
  return (parameters) => {
    const gradient = Float64Array.from(gradientOf(parameters));
    switch (optimizer.name) {
      case 'adam':
      case 'adamw': {
        const decoupled = optimizer.name === 'adamw';
        return adamStep(parameters, gradient, state, { ...optimizer, learningRate, decoupled });
      }
      case 'adagrad':
      case 'rmsprop': {
        const alpha = optimizer.name === 'rmsprop' ? optimizer.alpha : null;
        return adaptiveStep(parameters, gradient, first, { ...optimizer, learningRate, alpha });
      }
      case 'lamb':
        return lambStep(parameters, gradient, state, { ...optimizer, learningRate });
      case 'lars':
        return larsStep(parameters, gradient, first, { ...optimizer, learningRate });
      default: {
        const momentum = optimizer.name === 'sgd' ? 0 : optimizer.momentum;
        const nesterov = optimizer.name === 'nesterov';
        const settings = { ...optimizer, learningRate, momentum, nesterov };
        return sgdStep(parameters, gradient, first, settings);
      }
    }
  };
}

test.each(Object.values(optimizers).map(({ defaults }) => [defaults.name, defaults] as const))(
  '%s: ten steps are the reference’s',
  (_, optimizer) => {
    const descent = createDescent({ module, optimizer, learningRate, start });
    const step = referenceOf(optimizer);
    const wanted = Float64Array.from(start);
    for (let k = 0; k < 10; k++) {
      descent.step(gradientOf(descent.parameters));
      step(wanted);
      assertClose(descent.parameters, wanted, { rtol: 1e-5, atol: 1e-6 }, `step ${k + 1}`);
    }
    expect(descent.parameters).not.toEqual(Float32Array.from(start));
  },
);

test('momentum keeps a velocity', () => {
  const optimizer = { ...optimizers.momentum.defaults, momentum: 0.5 };
  const descent = createDescent({ module, optimizer, learningRate, start: [1, 2, 3, 4, 5] });
  descent.step([1, 0, 0, 0, 8]);
  descent.step([0, 0, 0, 0, 8]);
  expect([...descent.states[0]]).toEqual([0.5, 0, 0, 0, 12]);
  expect([...descent.parameters]).toEqual([0.625, 2, 3, 4, 0]);
});
