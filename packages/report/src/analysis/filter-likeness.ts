// How much filters resemble each other or the classic ones of image processing. The measure is
// Pearson's correlation of the weights, which neither scale nor an added constant changes.
import type { Text } from '@convbook/page';
import type { FilterSnapshot } from '@convbook/run';
import { correlation } from './correlation.ts';

/** A classic filter, and how its weight is made at a place; (0, 0) is the middle, x to the right. */
const classics: readonly { name: Text; at(x: number, y: number, spread: number): number }[] = [
  {
    name: { en: 'Sobel, vertical edge', ko: '소벨, 세로 에지' },
    at: (x, y, spread) => x * bell(x, y, spread),
  },
  {
    name: { en: 'Sobel, horizontal edge', ko: '소벨, 가로 에지' },
    at: (x, y, spread) => y * bell(x, y, spread),
  },
  {
    name: { en: 'diagonal edge, falling', ko: '내려가는 대각선 에지' },
    at: (x, y, spread) => (x - y) * bell(x, y, spread),
  },
  {
    name: { en: 'diagonal edge, rising', ko: '올라가는 대각선 에지' },
    at: (x, y, spread) => (x + y) * bell(x, y, spread),
  },
  { name: { en: 'vertical line', ko: '세로선' }, at: (x, _y, spread) => ridge(x, spread) },
  { name: { en: 'horizontal line', ko: '가로선' }, at: (_x, y, spread) => ridge(y, spread) },
  {
    name: { en: 'diagonal line, falling', ko: '내려가는 대각선' },
    at: (x, y, spread) => ridge((x - y) / Math.SQRT2, spread),
  },
  {
    name: { en: 'diagonal line, rising', ko: '올라가는 대각선' },
    at: (x, y, spread) => ridge((x + y) / Math.SQRT2, spread),
  },
  { name: { en: 'blur (Gauss)', ko: '흐리게(가우스)' }, at: bell },
  {
    name: { en: 'sharpen (Laplace)', ko: '선명하게(라플라스)' },
    at: (x, y, spread) => ridge(Math.sqrt(x * x + y * y), spread),
  },
];

function bell(x: number, y: number, spread: number): number {
  return Math.exp(-(x * x + y * y) / (2 * spread * spread));
}

/** Second derivative of a bell across a line. */
function ridge(distance: number, spread: number): number {
  const share = (distance * distance) / (spread * spread);
  return (1 - share) * Math.exp(-share / 2);
}

export interface Resemblance {
  name: Text;
  /** From −1 to 1; negative is the same with the signs turned. */
  correlation: number;
}

export interface FilterLikeness {
  /** From 1. */
  filter: number;
  /** The classic filter it resembles most, either sign; null where the filter is constant or too small. */
  classic: Resemblance | null;
  /** The filter most like it, from 1, of the same sign; null where there is none. */
  twin: { filter: number; correlation: number } | null;
  /** See `deadFilters`. */
  isDead: boolean;
}

/** Filters from this correlation on are near duplicates, or resemble a classic one clearly. */
export const likenessLimits = { duplicate: 0.95, classic: 0.75 };

/**
 * Compares each filter with the classic ones, over the mean of its input channels, and with the others.
 *
 * @param deadOnes Filters, from 1, that are left out: see `deadFilters`.
 */
export function compareFilters(
  snapshot: FilterSnapshot,
  deadOnes: readonly number[] = [],
): FilterLikeness[] {
  const [filters, channels, height, width] = snapshot.shape;
  const own = Array.from({ length: filters }, (_, k) => filterWeights(snapshot, k));
  const dead = new Set(deadOnes);
  const patterns = Math.min(height, width) < 3 ? [] : classicPatterns(height, width);
  return own.map((weights, k) => {
    const flat = meanChannel(weights, channels, height * width);
    const matches = patterns.map(({ name, weights: pattern }) => ({
      name,
      correlation: correlation(flat, pattern),
    }));
    const others = own.flatMap((other, j) =>
      j === k || dead.has(j + 1)
        ? []
        : [{ filter: j + 1, correlation: correlation(weights, other) }],
    );
    const isDead = dead.has(k + 1);
    return {
      filter: k + 1,
      classic: isDead ? null : strongest(matches, (value) => Math.abs(value)),
      twin: isDead ? null : strongest(others, (value) => value),
      isDead,
    };
  });
}

function strongest<T extends { correlation: number }>(
  items: readonly T[],
  size: (correlation: number) => number,
): T | null {
  if (items.length === 0) return null;
  return items.reduce((a, b) => (size(b.correlation) > size(a.correlation) ? b : a));
}

/** The classic filters in a size. */
export function classicPatterns(height: number, width: number) {
  const spread = (Math.min(height, width) - 1) / 4 + 0.25;
  return classics.map(({ name, at }) => ({
    name,
    weights: Array.from({ length: height * width }, (_, place) =>
      at((place % width) - (width - 1) / 2, Math.floor(place / width) - (height - 1) / 2, spread),
    ),
  }));
}

function filterWeights({ shape, weights }: FilterSnapshot, filter: number): number[] {
  const size = weights.length / shape[0];
  return [...weights.subarray(filter * size, (filter + 1) * size)];
}

function meanChannel(weights: readonly number[], channels: number, area: number): number[] {
  return Array.from({ length: area }, (_, place) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += weights[channel * area + place];
    return sum / channels;
  });
}
