import { aboveZero, atLeastZero, belowOne } from '@convbook/core';
import type { OptimizerKind } from './optimizer-kind.ts';

export interface AdaGradOptimizer {
  readonly name: 'adagrad';
  readonly epsilon: number;
  /** Added to the gradient, times the parameter. */
  readonly weightDecay: number;
}

export interface RmspropOptimizer {
  readonly name: 'rmsprop';
  /** What a step keeps of the mean of squares. */
  readonly alpha: number;
  readonly epsilon: number;
  /** Added to the gradient, times the parameter. */
  readonly weightDecay: number;
}

/** Duchi, Hazan and Singer, 2011: h += g²; p −= rate · g / (√h + ε). */
export const adagrad: OptimizerKind<AdaGradOptimizer> = {
  defaults: { name: 'adagrad', epsilon: 1e-10, weightDecay: 0 },
  expected: { epsilon: aboveZero, weightDecay: atLeastZero },
  learningRate: 0.03,
  stateCount: 1,
  initialScalars: [],
  advance: () => undefined,
  update(kernels, settings, _scalars, learningRate, { parameters, gradients, states, vectors }) {
    const { epsilon, weightDecay } = settings;
    const addresses = [parameters, gradients, states[0], vectors] as const;
    kernels.adaptive(...addresses, learningRate, 1, 1, epsilon, weightDecay);
  },
};

/** Hinton, 2012: h = alpha · h + (1 − alpha) · g²; p −= rate · g / (√h + ε). */
export const rmsprop: OptimizerKind<RmspropOptimizer> = {
  defaults: { name: 'rmsprop', alpha: 0.99, epsilon: 1e-8, weightDecay: 0 },
  expected: { alpha: belowOne, epsilon: aboveZero, weightDecay: atLeastZero },
  learningRate: 0.003,
  stateCount: 1,
  initialScalars: [],
  advance: () => undefined,
  update(kernels, settings, _scalars, learningRate, { parameters, gradients, states, vectors }) {
    const { alpha, epsilon, weightDecay } = settings;
    const addresses = [parameters, gradients, states[0], vectors] as const;
    kernels.adaptive(...addresses, learningRate, alpha, 1 - alpha, epsilon, weightDecay);
  },
};
