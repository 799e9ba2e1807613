import type { FloatArray } from '../tensor.ts';

/** Settings of a step of gradient descent, with or without momentum. */
export interface SgdSettings {
  learningRate: number;
  /** 0 for plain gradient descent. */
  momentum: number;
  nesterov: boolean;
  weightDecay: number;
}

/** One step in place, as PyTorch 1.13 writes it; the kernels of `sgd.ts` have the formulas. */
export function sgdStep(
  parameter: FloatArray,
  gradient: FloatArray,
  velocity: FloatArray,
  settings: SgdSettings,
): void {
  const { learningRate, momentum, nesterov, weightDecay } = settings;
  for (let i = 0; i < parameter.length; i++) {
    const g = gradient[i] + weightDecay * parameter[i];
    velocity[i] = momentum * velocity[i] + g;
    parameter[i] -= learningRate * (nesterov ? g + momentum * velocity[i] : velocity[i]);
  }
}
