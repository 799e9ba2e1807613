import { sampleBytes } from '@convbook/data/images';
import { addressOf, type RegionBases, type ShardPlan } from '@convbook/layers/plan';
import type { ReadImage } from './image-reader.ts';
import type { Images } from './subset.ts';

/**
 * Copies a shard's samples into the worker's arena, `[position][lane]`, and their labels; lanes
 * without a sample are zero. Images are taken as they are, or through `read`.
 */
export function gather(
  set: Images,
  sampleAt: (n: number) => number,
  shard: ShardPlan,
  memory: Uint8Array,
  bases: RegionBases,
  read: ReadImage | null = null,
): void {
  const { images, labels } = set;
  const positions = sampleBytes(set);
  const to = addressOf(shard.bytes, bases);
  const labelsTo = addressOf(shard.labels, bases);
  const indexes = Array.from({ length: shard.lanes }, (_, n) =>
    n < shard.count ? sampleAt(n) : -1,
  );
  indexes.forEach((sample, n) => {
    memory[labelsTo + n] = sample < 0 ? 0 : labels[sample];
  });
  // Four lanes a word, where four images can be looked at together.
  const words = new Uint32Array(memory.buffer, to, (positions * shard.lanes) / 4);
  for (let n = 0; n < shard.lanes; n += 4) {
    if (read === null && n + 4 <= shard.count) {
      const [a, b, c, d] = indexes.slice(n, n + 4).map((sample) => sample * positions);
      for (let p = 0, at = n / 4; p < positions; p++, at += shard.lanes / 4) {
        words[at] =
          images[a + p] | (images[b + p] << 8) | (images[c + p] << 16) | (images[d + p] << 24);
      }
    } else {
      for (const lane of [n, n + 1, n + 2, n + 3]) {
        const sample = indexes[lane];
        const image = sample >= 0 && read ? read(images, sample) : images;
        const from = image === images ? sample * positions : 0;
        for (let p = 0, at = to + lane; p < positions; p++, at += shard.lanes) {
          memory[at] = sample < 0 ? 0 : image[from + p];
        }
      }
    }
  }
}
