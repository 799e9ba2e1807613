import { formatNumber } from '@convbook/page/markup';

/** A number within a sum or product: a negative one in brackets. */
export function signed(value: number): string {
  return value < 0 ? `(${formatNumber(value)})` : formatNumber(value);
}
