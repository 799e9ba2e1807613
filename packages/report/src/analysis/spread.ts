// A histogram of a run in a few numbers, and its outline over any range.
import { sideBins, type Histogram } from '@convbook/run';

/** A bin that counts values; zeros are in none. */
interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function binsOf({ limit, counts }: Histogram): Bin[] {
  const width = limit / sideBins;
  return Array.from(counts).flatMap((count, at) => {
    if (count === 0 || at === sideBins) return [];
    const from = (at - sideBins - (at > sideBins ? 1 : 0)) * width;
    return [{ from, to: from + width, count }];
  });
}

/** The share of values that are exactly 0. */
export function zeroShare({ counts }: Histogram): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : counts[sideBins] / total;
}

/** The standard deviation of all values, each taken for the middle of its bin. */
export function deviationOf(histogram: Histogram): number {
  const bins = [...binsOf(histogram), { from: 0, to: 0, count: histogram.counts[sideBins] }];
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 0;
  const middle = ({ from, to }: Bin) => (from + to) / 2;
  const mean = bins.reduce((sum, bin) => sum + bin.count * middle(bin), 0) / total;
  const square = (x: number) => x * x;
  const sum = bins.reduce((all, bin) => all + bin.count * square(middle(bin) - mean), 0);
  return Math.sqrt(sum / total);
}

/** The range of nearly all values other than 0, a thousandth left out at each end; null where there are none. */
export function rangeOfMost(histogram: Histogram): readonly [low: number, high: number] | null {
  const bins = binsOf(histogram);
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  let before = 0;
  const within = bins.filter(({ count }) => {
    before += count;
    return before > total / 1000 && before - count < total - total / 1000;
  });
  return [within[0].from, within[within.length - 1].to];
}

/** Values other than 0 in each of `cells` even parts of a range; a bin's are even within it. */
export function outlineOf(
  histogram: Histogram,
  [low, high]: readonly [number, number],
  cells: number,
): number[] {
  const outline = new Array<number>(cells).fill(0);
  const size = (high - low) / cells;
  for (const { from, to, count } of binsOf(histogram)) {
    const [first, last] = [(from - low) / size, (to - low) / size];
    for (let k = Math.max(0, Math.floor(first)); k < Math.min(cells, last); k++) {
      const part = Math.min(k + 1, last) - Math.max(k, first);
      outline[k] += (count * part) / (last - first);
    }
  }
  return outline;
}
