import type { LossSpec } from '@convbook/layers';
import { lossKinds } from '@convbook/layers/kinds';

/** The loss of one sample, by the reference in float64. */
export function lossOf(loss: LossSpec, outputs: ArrayLike<number>, label: number): number {
  const shape = [1, outputs.length];
  const targets = Float64Array.from(outputs, (_, k) => (k === label ? 1 : 0));
  return lossKinds[loss.name].reference(
    loss,
    { shape, data: Float64Array.from(outputs) },
    { shape, data: targets },
  ).loss;
}
