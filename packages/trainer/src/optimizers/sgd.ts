import { atLeastZero, belowOne } from '@convbook/core';
import type { OptimizerKind } from './optimizer-kind.ts';

export interface SgdOptimizer {
  readonly name: 'sgd';
  /** Added to the gradient, times the parameter. */
  readonly weightDecay: number;
}

export interface MomentumOptimizer {
  readonly name: 'momentum' | 'nesterov';
  /** What a step keeps of the velocity. */
  readonly momentum: number;
  /** Added to the gradient, times the parameter. */
  readonly weightDecay: number;
}

/** Gradient descent: p −= rate · g. */
export const sgd: OptimizerKind<SgdOptimizer> = {
  defaults: { name: 'sgd', weightDecay: 0 },
  expected: { weightDecay: atLeastZero },
  learningRate: 0.3,
  stateCount: 0,
  initialScalars: [],
  advance: () => undefined,
  update(kernels, { weightDecay }, _scalars, learningRate, { parameters, gradients, vectors }) {
    kernels.sgd(parameters, gradients, vectors, learningRate, weightDecay);
  },
};

function momentumKind(name: MomentumOptimizer['name']): OptimizerKind<MomentumOptimizer> {
  return {
    defaults: { name, momentum: 0.9, weightDecay: 0 },
    expected: { momentum: belowOne, weightDecay: atLeastZero },
    learningRate: 0.1,
    stateCount: 1,
    initialScalars: [],
    advance: () => undefined,
    update(kernels, settings, _scalars, learningRate, { parameters, gradients, states, vectors }) {
      const { momentum, weightDecay } = settings;
      const addresses = [parameters, gradients, states[0], vectors] as const;
      kernels[name](...addresses, learningRate, momentum, weightDecay);
    },
  };
}

/** Velocity v = momentum · v + g; p −= rate · v. */
export const momentum = momentumKind('momentum');

/** The same velocity, looking one step ahead: p −= rate · (g + momentum · v). */
export const nesterov = momentumKind('nesterov');
