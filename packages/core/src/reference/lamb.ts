import type { FloatArray } from '../tensor.ts';
import { norm } from './norm.ts';

/** Settings of a step of LAMB. */
export interface LambSettings {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
}

/** The state of LAMB between steps: both moments, and the running products of the betas. */
export interface LambState {
  /** Running mean of the gradient. */
  mean: FloatArray;
  /** Running mean of its square. */
  square: FloatArray;
  /** β1ᵗ and β2ᵗ, as running products. */
  power1: number;
  power2: number;
}

/**
 * One step of one weight in place: You et al., 2019, Algorithm 2, with φ the identity. The direction
 * d = m̂ / (√v̂ + ε) + decay · p is scaled to the length of the weight, unless one of both is 0.
 */
export function lambStep(
  parameter: FloatArray,
  gradient: FloatArray,
  state: LambState,
  settings: LambSettings,
): void {
  const { learningRate, beta1, beta2, epsilon, weightDecay } = settings;
  state.power1 *= beta1;
  state.power2 *= beta2;
  const direction = Float64Array.from(gradient, (g, i) => {
    state.mean[i] = beta1 * state.mean[i] + (1 - beta1) * g;
    state.square[i] = beta2 * state.square[i] + (1 - beta2) * g * g;
    const mean = state.mean[i] / (1 - state.power1);
    const square = state.square[i] / (1 - state.power2);
    return mean / (Math.sqrt(square) + epsilon) + weightDecay * parameter[i];
  });
  const [weightNorm, directionNorm] = [norm(parameter), norm(direction)];
  const ratio = weightNorm > 0 && directionNorm > 0 ? weightNorm / directionNorm : 1;
  for (let i = 0; i < parameter.length; i++) parameter[i] -= learningRate * ratio * direction[i];
}
