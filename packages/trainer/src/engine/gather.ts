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
  const interleave = interleaver(images, positions, words, shard.lanes / 4);
  for (let n = 0; n < shard.lanes; n += 4) {
    if (read === null && n + 4 <= shard.count) {
      interleave(n / 4, indexes[n], indexes[n + 1], indexes[n + 2], indexes[n + 3]);
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

/** Writes a position of the images a, b, c and d to each `step`th word from `at` on. */
type Interleave = (at: number, a: number, b: number, c: number, d: number) => void;

/** Where images start at whole words, four positions are read at once: half the time. */
function interleaver(
  images: Uint8Array,
  positions: number,
  words: Uint32Array,
  step: number,
): Interleave {
  if (positions % 4 !== 0 || images.byteOffset % 4 !== 0) {
    return (at, a, b, c, d) => {
      const [fromA, fromB, fromC, fromD] = [a, b, c, d].map((image) => image * positions);
      for (let p = 0; p < positions; p++, at += step) {
        words[at] =
          images[fromA + p] |
          (images[fromB + p] << 8) |
          (images[fromC + p] << 16) |
          (images[fromD + p] << 24);
      }
    };
  }
  const imageWords = positions / 4;
  const all = new Uint32Array(images.buffer, images.byteOffset, Math.floor(images.length / 4));
  return (at, a, b, c, d) => {
    const fromB = (b - a) * imageWords;
    const fromC = (c - a) * imageWords;
    const fromD = (d - a) * imageWords;
    const end = (a + 1) * imageWords;
    for (let p = a * imageWords; p < end; p++, at += 4 * step) {
      interleaveWords(words, at, step, all[p], all[p + fromB], all[p + fromC], all[p + fromD]);
    }
  };
}

const evenBytes = 0x00ff00ff;
const lowHalf = 0xffff;

/** The bytes of a are the lowest of four words, `step` apart, those of d the highest. */
function interleaveWords(
  words: Uint32Array,
  at: number,
  step: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  // Halves of words: bytes 0 and 2, then 1 and 3, of two images.
  const evenAB = (a & evenBytes) | ((b & evenBytes) << 8);
  const evenCD = (c & evenBytes) | ((d & evenBytes) << 8);
  const oddAB = ((a >>> 8) & evenBytes) | (b & ~evenBytes);
  const oddCD = ((c >>> 8) & evenBytes) | (d & ~evenBytes);
  words[at] = (evenAB & lowHalf) | (evenCD << 16);
  words[at + step] = (oddAB & lowHalf) | (oddCD << 16);
  words[at + 2 * step] = (evenAB >>> 16) | (evenCD & ~lowHalf);
  words[at + 3 * step] = (oddAB >>> 16) | (oddCD & ~lowHalf);
}
