/** An interval of fractions from 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/** The two-sided 95% point of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * 95% Wilson score interval of a proportion: which true rates are compatible with `correct` answers
 * out of `samples`, were the samples drawn independently.
 *
 * Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209–212.
 */
export function wilsonInterval(correct: number, samples: number): Interval {
  if (samples === 0) return { low: 0, high: 1 };
  const rate = correct / samples;
  const center = rate + z ** 2 / (2 * samples);
  const margin = z * Math.sqrt((rate * (1 - rate)) / samples + z ** 2 / (4 * samples ** 2));
  const scale = 1 + z ** 2 / samples;
  return {
    low: correct === 0 ? 0 : (center - margin) / scale,
    high: correct === samples ? 1 : (center + margin) / scale,
  };
}
