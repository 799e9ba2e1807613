import { within } from './within.ts';

/** How many values lie in each of some equal parts of an axis; its ends have those beyond it, too. */
export function countBins(
  values: Iterable<number>,
  [low, high]: readonly [number, number],
  bins: number,
): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) {
    counts[within(Math.floor(((value - low) / (high - low)) * bins), 0, bins - 1)]++;
  }
  return counts;
}
