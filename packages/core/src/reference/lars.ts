import type { FloatArray } from '../tensor.ts';
import { norm } from './norm.ts';

/** Settings of a step of LARS. */
export interface LarsSettings {
  learningRate: number;
  momentum: number;
  /** η of the paper: the share of the weight's length that a step at rate 1 moves. */
  trust: number;
  weightDecay: number;
}

/**
 * One step of one weight in place: You, Gitman and Ginsburg, 2017, Algorithm 1. Rate and ratio are in
 * the velocity; the ratio is 1 where the weight or its gradient is 0.
 */
export function larsStep(
  parameter: FloatArray,
  gradient: FloatArray,
  velocity: FloatArray,
  { learningRate, momentum, trust, weightDecay }: LarsSettings,
): void {
  const [weightNorm, gradientNorm] = [norm(parameter), norm(gradient)];
  const ratio =
    weightNorm > 0 && gradientNorm > 0
      ? (trust * weightNorm) / (gradientNorm + weightDecay * weightNorm)
      : 1;
  for (let i = 0; i < parameter.length; i++) {
    const change = learningRate * ratio * (gradient[i] + weightDecay * parameter[i]);
    velocity[i] = momentum * velocity[i] + change;
    parameter[i] -= velocity[i];
  }
}
