import type { FloatArray } from '../tensor.ts';

/** max(x, 0). */
export function reluForward(x: FloatArray): FloatArray {
  return x.map((value) => (value <= 0 ? 0 : value));
}

/** The gradient passes where the output is positive; at 0 it is 0. */
export function reluBackward(y: FloatArray, dY: FloatArray): FloatArray {
  return dY.map((gradient, i) => (y[i] > 0 ? gradient : 0));
}
