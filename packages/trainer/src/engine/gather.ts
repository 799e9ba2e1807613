import type { ImageSet } from '@convbook/data';
import { addressOf, type RegionBases, type ShardPlan } from '@convbook/layers';

/**
 * Copies a shard's samples into the worker's arena, `[position][lane]`, and their labels; lanes
 * without a sample are zero.
 */
export function gather(
  { images, labels, count }: ImageSet,
  sampleAt: (n: number) => number,
  shard: ShardPlan,
  memory: Uint8Array,
  bases: RegionBases,
): void {
  const positions = images.length / count;
  const to = addressOf(shard.bytes, bases);
  const labelsTo = addressOf(shard.labels, bases);
  for (let n = 0; n < shard.lanes; n++) {
    const sample = n < shard.count ? sampleAt(n) : -1;
    memory[labelsTo + n] = sample < 0 ? 0 : labels[sample];
    const from = sample * positions;
    for (let p = 0, at = to + n; p < positions; p++, at += shard.lanes) {
      memory[at] = sample < 0 ? 0 : images[from + p];
    }
  }
}
