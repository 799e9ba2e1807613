import type { AdaGrad, Rmsprop } from '@convbook/run';
import type { OptimizerKind } from './optimizer-kind.ts';

/** Duchi, Hazan and Singer, 2011: h += g²; p −= rate · g / (√h + ε). */
export const adagrad: OptimizerKind<AdaGrad> = {
  stateCount: 1,
  initialScalars: [],
  advance: () => undefined,
  update(kernels, settings, _scalars, learningRate, { parameters, gradients, states, vectors }) {
    const { epsilon, weightDecay } = settings;
    kernels.adaptive(
      parameters,
      gradients,
      states[0],
      vectors,
      learningRate,
      1,
      1,
      epsilon,
      weightDecay,
    );
  },
};

/** Hinton, 2012: h = alpha · h + (1 − alpha) · g²; p −= rate · g / (√h + ε). */
export const rmsprop: OptimizerKind<Rmsprop> = {
  stateCount: 1,
  initialScalars: [],
  advance: () => undefined,
  update(kernels, settings, _scalars, learningRate, { parameters, gradients, states, vectors }) {
    const { alpha, epsilon, weightDecay } = settings;
    kernels.adaptive(
      parameters,
      gradients,
      states[0],
      vectors,
      learningRate,
      alpha,
      1 - alpha,
      epsilon,
      weightDecay,
    );
  },
};
