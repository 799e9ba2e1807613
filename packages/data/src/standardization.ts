import type { Standardization } from '@convbook/core';

/**
 * Mean and standard deviation of byte / 255 for each channel of some images; a channel of one value has
 * deviation 1. Bytes are counted first, which is exact, so the result does not depend on their order.
 *
 * @param samples Indexes of the images that count.
 */
export function measureStandardization(
  images: Uint8Array,
  samples: Uint32Array,
  [channels, height, width]: readonly [number, number, number],
): Standardization {
  const area = height * width;
  const numbers = Array.from({ length: channels }, (_, channel) =>
    meanAndDeviation(countBytes(images, samples, channels * area, channel * area, area)),
  );
  return {
    means: numbers.map(({ mean }) => mean),
    deviations: numbers.map(({ deviation }) => deviation),
  };
}

/** How often each byte is in one plane of the images. */
function countBytes(
  images: Uint8Array,
  samples: Uint32Array,
  size: number,
  begin: number,
  area: number,
): Float64Array {
  const counts = new Float64Array(256);
  for (const sample of samples) {
    const first = sample * size + begin;
    for (let at = first; at < first + area; at++) counts[images[at]]++;
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
