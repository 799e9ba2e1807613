import { keyOf } from '@convbook/core';
import { addressOf, type RegionBases, type ShardPlan } from '@convbook/layers';

/** Writes what a shard's random numbers depend on: seed, epoch and each sample's index. */
export function writeDraws(
  words: Uint32Array,
  { draws, count }: ShardPlan,
  bases: RegionBases,
  seed: number,
  epoch: number,
  sampleAt: (n: number) => number,
): void {
  const at = addressOf(draws, bases) / 4;
  const [low, high] = keyOf(seed);
  words[at] = low;
  words[at + 1] = high;
  words[at + 2] = epoch;
  for (let n = 0; n < count; n++) words[at + 3 + n] = sampleAt(n);
}
