import type { Standardization } from '@convbook/core';
import type { ReadSample } from './sample-reader.ts';

/**
 * Mean and standard deviation of byte / 255 for each channel of some images; a channel of one value has
 * deviation 1. Bytes are counted first, which is exact, so the result does not depend on their order.
 *
 * @param images Bytes `[count, channels, height, width]`, or a reader of single images.
 * @param samples Indexes of the images that count.
 */
export function measureStandardization(
  images: Uint8Array | ReadSample,
  samples: Uint32Array,
  [channels, height, width]: readonly [number, number, number],
): Standardization {
  const numbers = countBytes(images, samples, channels, height * width).map(meanAndDeviation);
  return {
    means: numbers.map(({ mean }) => mean),
    deviations: numbers.map(({ deviation }) => deviation),
  };
}

/** How often each byte is in each channel of the images. */
function countBytes(
  images: Uint8Array | ReadSample,
  samples: Uint32Array,
  channels: number,
  area: number,
): Float64Array[] {
  const counts = Array.from({ length: channels }, () => new Float64Array(256));
  const size = channels * area;
  for (const sample of samples) {
    const [bytes, begin] =
      images instanceof Uint8Array ? [images, sample * size] : [images(sample), 0];
    counts.forEach((own, channel) => {
      const first = begin + channel * area;
      for (let at = first; at < first + area; at++) own[bytes[at]]++;
    });
  }
  return counts;
}

function meanAndDeviation(counts: Float64Array): { mean: number; deviation: number } {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = counts.reduce((sum, count, byte) => sum + count * byte, 0) / total;
  const squares = counts.reduce(
    (sum, count, byte) => sum + count * (byte - mean) * (byte - mean),
    0,
  );
  const deviation = Math.sqrt(squares / total);
  return { mean: mean / 255, deviation: deviation === 0 ? 1 : deviation / 255 };
}
