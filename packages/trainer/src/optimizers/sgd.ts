import type { Momentum, Nesterov, Sgd } from '@convbook/run';
import type { OptimizerKind } from './optimizer-kind.ts';

/** Gradient descent: p −= rate · g. */
export const sgd: OptimizerKind<Sgd> = {
  stateCount: 0,
  initialScalars: [],
  advance: () => undefined,
  update(kernels, { weightDecay }, _scalars, learningRate, { parameters, gradients, vectors }) {
    kernels.sgd(parameters, gradients, vectors, learningRate, weightDecay);
  },
};

function momentumKind(name: 'momentum' | 'nesterov'): OptimizerKind<Momentum | Nesterov> {
  return {
    stateCount: 1,
    initialScalars: [],
    advance: () => undefined,
    update(kernels, settings, _scalars, learningRate, { parameters, gradients, states, vectors }) {
      const { momentum, weightDecay } = settings;
      kernels[name](parameters, gradients, states[0], vectors, learningRate, momentum, weightDecay);
    },
  };
}

/** Velocity v = momentum · v + g; p −= rate · v. */
export const momentum = momentumKind('momentum');

/** The same velocity, looking one step ahead: p −= rate · (g + momentum · v). */
export const nesterov = momentumKind('nesterov');
