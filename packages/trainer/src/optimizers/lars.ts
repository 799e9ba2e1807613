import type { Lars } from '@convbook/run';
import type { OptimizerKind } from './optimizer-kind.ts';

/**
 * You, Gitman and Ginsburg, 2017, Algorithm 1: v = momentum · v + rate · ratio · (g + decay · p); p −= v,
 * where the ratio is trust · ‖p‖ / (‖g‖ + decay · ‖p‖).
 */
export const lars: OptimizerKind<Lars> = {
  stateCount: 1,
  initialScalars: [],
  advance: () => undefined,
  trust: {
    // The gradient itself; decay joins it in the update.
    direct: () => undefined,
    ratio({ trust, weightDecay }, weightNorm, gradientNorm) {
      if (weightNorm === 0 || gradientNorm === 0) return 1;
      return (trust * weightNorm) / (gradientNorm + weightDecay * weightNorm);
    },
  },
  // The rate is in the velocity, so that a velocity is a length whatever the ratio was.
  update(kernels, settings, _scalars, learningRate, { parameters, gradients, states, vectors }) {
    const { momentum, weightDecay } = settings;
    kernels.scale(gradients, vectors, learningRate);
    const decay = learningRate * weightDecay;
    kernels.momentum(parameters, gradients, states[0], vectors, 1, momentum, decay);
  },
};
