import { exp } from '@convbook/core';

/** Softmax of logits in float64: `softmaxForward` of `core` for one sample, without its tensors. */
export function probabilitiesOf(logits: readonly number[]): number[] {
  let largest = -Infinity;
  for (const logit of logits) if (logit > largest) largest = logit;
  let sum = 0;
  const powers = logits.map((logit) => {
    const power = logit === largest ? 1 : exp(logit - largest);
    sum += power;
    return power;
  });
  return powers.map((power) => power / sum);
}
