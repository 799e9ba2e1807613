import type { Plane } from '@convbook/core/pictures';

/** Greys that even a clean picture may differ by. */
const least = 16;
/** Noise that nothing stands out from, in deviations. */
const deviations = 6;

/** Whether a plane shows nothing: one grey or, where the data have an even ground, one grey with noise. */
export function isEven({ width, height, values }: Plane, allowsNoise: boolean): boolean {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted[sorted.length >> 1];
  const most = Math.max(middle - sorted[0], sorted[sorted.length - 1] - middle);
  if (most <= least / 2) return true;
  return allowsNoise && most <= Math.max(least, deviations * noiseOf({ width, height, values }));
}

/** Deviation of noise, by the median difference of neighbours in a row. */
function noiseOf({ width, values }: Plane): number {
  const differences = values
    .map((value, place) => (place % width === 0 ? 0 : Math.abs(value - values[place - 1])))
    .sort();
  return 1.05 * differences[differences.length >> 1];
}
