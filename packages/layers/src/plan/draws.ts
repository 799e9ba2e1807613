import { keyOf } from '@convbook/core/random';
import { addressOf, type RegionBases } from './link.ts';
import type { ShardPlan } from './shard-plan.ts';

/** A shard's random numbers depend on these. */
export interface ShardDraws {
  readonly seed: number;
  readonly epoch: number;
  /** The data-set index of the shard's sample `n`. */
  sampleAt(n: number): number;
}

/** Writes them where the shard's kernels read them; `words` are all of the memory. */
export function writeDraws(
  words: Uint32Array,
  { draws, count }: ShardPlan,
  bases: RegionBases,
  { seed, epoch, sampleAt }: ShardDraws,
): void {
  const at = addressOf(draws, bases) / 4;
  const [low, high] = keyOf(seed);
  words[at] = low;
  words[at + 1] = high;
  words[at + 2] = epoch;
  for (let n = 0; n < count; n++) words[at + 3 + n] = sampleAt(n);
}
