import { aboveZero, atLeastZero, belowOne } from '@convbook/core';
import type { OptimizerKind } from './optimizer-kind.ts';

export interface AdamOptimizer {
  readonly name: 'adam' | 'adamw';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** AdamW shrinks the parameters by `rate · weightDecay` a step; Adam adds it to the gradient. */
  readonly weightDecay: number;
}

// scalars: β1ᵗ and β2ᵗ, running products because Math.pow differs between engines.
function adamKind(name: AdamOptimizer['name'], weightDecay: number): OptimizerKind<AdamOptimizer> {
  return {
    defaults: { name, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay },
    expected: { beta1: belowOne, beta2: belowOne, epsilon: aboveZero, weightDecay: atLeastZero },
    learningRate: 0.004,
    stateCount: 2,
    initialScalars: [1, 1],
    advance({ beta1, beta2 }, scalars) {
      scalars[0] *= beta1;
      scalars[1] *= beta2;
    },
    update(kernels, settings, scalars, learningRate, { parameters, gradients, states, vectors }) {
      const { beta1, beta2, epsilon, weightDecay } = settings;
      const decoupled = settings.name === 'adamw';
      kernels.adam(
        parameters,
        gradients,
        states[0],
        states[1],
        vectors,
        learningRate / (1 - scalars[0]),
        1 / Math.sqrt(1 - scalars[1]),
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        epsilon,
        decoupled ? 1 - learningRate * weightDecay : 1,
        decoupled ? 0 : weightDecay,
      );
    },
  };
}

/** Kingma and Ba, 2015. */
export const adam = adamKind('adam', 0);

/** Loshchilov and Hutter, 2019. */
export const adamw = adamKind('adamw', 0.05);
