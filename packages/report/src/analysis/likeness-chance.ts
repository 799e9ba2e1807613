// The control of the comparison with classic filters: how many filters of pure noise would pass as well.
// A small kernel has so few weights that noise often looks like an edge.
import { normal } from '@convbook/core';
import { correlation } from './correlation.ts';
import { classicPatterns, likenessLimits } from './filter-likeness.ts';

/** Random filters that are compared: the share is known to about 0.01. */
const samples = 4096;

/** Share of filters of normally distributed weights that resemble a classic filter of their size. */
export function chanceOfLikeness(height: number, width: number): number {
  if (Math.min(height, width) < 3) return 0;
  const patterns = classicPatterns(height, width);
  const area = height * width;
  const noise = normal(1, 'chance of likeness', new Float32Array(samples * area), 0, 1);
  let close = 0;
  for (let sample = 0; sample < samples; sample++) {
    const filter = noise.subarray(sample * area, (sample + 1) * area);
    const isClose = patterns.some(
      ({ weights }) => Math.abs(correlation(filter, weights)) >= likenessLimits.classic,
    );
    if (isClose) close++;
  }
  return close / samples;
}

/** Probability of at least `count` hits in `trials` independent ones of probability `chance`. */
export function tailOfBinomial(count: number, trials: number, chance: number): number {
  let [below, term] = [0, (1 - chance) ** trials];
  for (let hits = 0; hits < count; hits++) {
    below += term;
    term *= ((trials - hits) / (hits + 1)) * (chance / (1 - chance));
  }
  return Math.max(0, 1 - below);
}
