import type { FloatArray } from '../tensor.ts';

/** Settings of a step of AdaGrad or RMSprop. */
export interface AdaptiveSettings {
  learningRate: number;
  /** RMSprop's share of the old mean of squares; null for AdaGrad, which sums them. */
  alpha: number | null;
  epsilon: number;
  weightDecay: number;
}

/** One step of AdaGrad or RMSprop in place, as PyTorch 1.13 writes it. */
export function adaptiveStep(
  parameter: FloatArray,
  gradient: FloatArray,
  squares: FloatArray,
  settings: AdaptiveSettings,
): void {
  const { learningRate, alpha, epsilon, weightDecay } = settings;
  const [keep, gain] = alpha === null ? [1, 1] : [alpha, 1 - alpha];
  for (let i = 0; i < parameter.length; i++) {
    const g = gradient[i] + weightDecay * parameter[i];
    squares[i] = keep * squares[i] + gain * g * g;
    parameter[i] -= (learningRate * g) / (Math.sqrt(squares[i]) + epsilon);
  }
}
