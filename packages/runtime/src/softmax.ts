import { exp } from '@convbook/core';

/**
 * Probabilities `exp(z − max) / Σ exp(z − max)` of one sample's logits, `[classes]`, in float64: the same in every engine,
 * and those of `softmaxForward` of `core`, without its tensors.
 */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  let largest = -Infinity;
  for (const value of values) if (value > largest) largest = value;
  let sum = 0;
  const powers = values.map((value) => {
    const power = value === largest ? 1 : exp(value - largest);
    sum += power;
    return power;
  });
  return powers.map((power) => power / sum);
}
