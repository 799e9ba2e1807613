import type { ImageSet } from '@convbook/data';
import { addressOf, type RegionBases, type ShardPlan } from '@convbook/layers';
import type { ReadImage } from './image-reader.ts';

/**
 * Copies a shard's samples into the worker's arena, `[position][lane]`, and their labels; lanes
 * without a sample are zero. Images are taken as they are, or through `read`.
 */
export function gather(
  { images, labels, count }: ImageSet,
  sampleAt: (n: number) => number,
  shard: ShardPlan,
  memory: Uint8Array,
  bases: RegionBases,
  read: ReadImage | null = null,
): void {
  const positions = images.length / count;
  const to = addressOf(shard.bytes, bases);
  const labelsTo = addressOf(shard.labels, bases);
  for (let n = 0; n < shard.lanes; n++) {
    const sample = n < shard.count ? sampleAt(n) : -1;
    memory[labelsTo + n] = sample < 0 ? 0 : labels[sample];
    const image = sample >= 0 && read ? read(images, sample) : images;
    const from = image === images ? sample * positions : 0;
    for (let p = 0, at = to + n; p < positions; p++, at += shard.lanes) {
      memory[at] = sample < 0 ? 0 : image[from + p];
    }
  }
}
