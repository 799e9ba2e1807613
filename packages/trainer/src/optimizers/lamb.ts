import type { Lamb } from '@convbook/run';
import { advancePowers } from './adam.ts';
import type { OptimizerKind } from './optimizer-kind.ts';

/** You et al., 2019, Algorithm 2: p −= rate · ‖p‖ / ‖d‖ · d, where d is Adam's direction with decay. */
export const lamb: OptimizerKind<Lamb> = {
  stateCount: 2,
  initialScalars: [1, 1],
  advance: advancePowers,
  trust: {
    direct(kernels, settings, scalars, { parameters, gradients, states, vectors }) {
      const { beta1, beta2, epsilon, weightDecay } = settings;
      kernels.lambDirection(
        gradients,
        states[0],
        states[1],
        parameters,
        vectors,
        1 / (1 - scalars[0]),
        1 / Math.sqrt(1 - scalars[1]),
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        epsilon,
        weightDecay,
      );
    },
    ratio: (_settings, weightNorm, directionNorm) =>
      weightNorm > 0 && directionNorm > 0 ? weightNorm / directionNorm : 1,
  },
  update(kernels, _settings, _scalars, learningRate, { parameters, gradients, vectors }) {
    kernels.sgd(parameters, gradients, vectors, learningRate, 0);
  },
};
