// Class weights as the loss kernels read them. With labels, the mean of a batch is
//   Σ_n w[label n] · loss n / Σ_n w[label n],
// as PyTorch's CrossEntropyLoss(weight, reduction='mean') has it. The sums over shards are divided by the
// number of samples, so the weights are multiplied by that and divided by their sum.
import { addressOf, type RegionBases } from './link.ts';
import type { ShardPlan } from './shard-plan.ts';

/** Weights by class, times samples / Σ_n w[label n] of the whole batch. */
export function batchWeights(
  weights: readonly number[],
  samples: number,
  labelAt: (n: number) => number,
): number[] {
  let sum = 0;
  for (let n = 0; n < samples; n++) sum += weights[labelAt(n)];
  return weights.map((weight) => (weight * samples) / sum);
}

/** Writes them where the shard's loss reads them; `doubles` are all of the memory. */
export function writeClassWeights(
  doubles: Float64Array,
  { weights: place }: ShardPlan,
  bases: RegionBases,
  weights: readonly number[],
): void {
  if (place !== null) doubles.set(weights, addressOf(place, bases) / 8);
}
