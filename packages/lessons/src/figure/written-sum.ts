// Sums as a learner writes them out: `2 × 3 + 1 × (−4)`.
import { formatNumber } from '@convbook/page/markup';

/** Products joined by plus signs. */
export function writtenProducts(pairs: readonly (readonly [number, number])[]): string {
  return pairs
    .map(([a, b], k) => `${k === 0 ? writtenNumber(a) : inBrackets(a, 6)} × ${inBrackets(b, 6)}`)
    .join(' + ');
}

/** A number with all the digits that a typed one has. */
export function writtenNumber(value: number): string {
  return formatNumber(value, 6);
}

/** In brackets, where two signs would meet. */
export function inBrackets(value: number, digits?: number): string {
  const written = formatNumber(value, digits);
  return value < 0 ? `(${written})` : written;
}
