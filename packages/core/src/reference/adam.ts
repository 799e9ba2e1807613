import type { FloatArray } from '../tensor.ts';

/** Settings of a step of Adam or AdamW. */
export interface AdamSettings {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
  /** AdamW: decay shrinks the parameter. Adam: decay adds to the gradient. */
  decoupled: boolean;
}

/** The state of Adam between steps: both moments of each parameter, and the running products of the betas. */
export interface AdamState {
  /** Running mean of the gradient. */
  mean: FloatArray;
  /** Running mean of its square. */
  square: FloatArray;
  /** β1ᵗ and β2ᵗ, as running products. */
  power1: number;
  power2: number;
}

/** One step in place, as PyTorch 1.13 writes it; the kernel `adam` has the formula. */
export function adamStep(
  parameter: FloatArray,
  gradient: FloatArray,
  state: AdamState,
  settings: AdamSettings,
): void {
  const { learningRate, beta1, beta2, epsilon, weightDecay, decoupled } = settings;
  state.power1 *= beta1;
  state.power2 *= beta2;
  const step = learningRate / (1 - state.power1);
  const scale = 1 / Math.sqrt(1 - state.power2);
  for (let i = 0; i < parameter.length; i++) {
    const g = gradient[i] + (decoupled ? 0 : weightDecay * parameter[i]);
    state.mean[i] = beta1 * state.mean[i] + (1 - beta1) * g;
    state.square[i] = beta2 * state.square[i] + (1 - beta2) * g * g;
    const kept = decoupled ? parameter[i] * (1 - learningRate * weightDecay) : parameter[i];
    const change = (step * state.mean[i]) / (Math.sqrt(state.square[i]) * scale + epsilon);
    parameter[i] = kept - change;
  }
}
