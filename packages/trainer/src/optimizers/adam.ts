import type { Adam, AdamW } from '@convbook/run';
import type { OptimizerKind } from './optimizer-kind.ts';

/** Scalars: β1ᵗ and β2ᵗ, running products because Math.pow differs between engines. */
export function advancePowers(
  { beta1, beta2 }: Pick<Adam, 'beta1' | 'beta2'>,
  scalars: Float64Array,
): void {
  scalars[0] *= beta1;
  scalars[1] *= beta2;
}

const kind: OptimizerKind<Adam | AdamW> = {
  stateCount: 2,
  initialScalars: [1, 1],
  advance: advancePowers,
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

/** Kingma and Ba, 2015; weight decay is added to the gradient. */
export const adam: OptimizerKind<Adam> = kind;

/** Loshchilov and Hutter, 2019; a step shrinks the parameters by `rate · weightDecay`. */
export const adamw: OptimizerKind<AdamW> = kind;
