/** The median of repeated measurements, and their range. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [middle, other] = [sorted[sorted.length >> 1], sorted[(sorted.length - 1) >> 1]];
  return { median: (middle + other) / 2, least: sorted[0], most: sorted[sorted.length - 1] };
}
