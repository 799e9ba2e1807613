import { formatCount, formatNumber } from '@convbook/page/markup';

/** Decimals of an answer that is exact but for how it was computed, such as 2 − 0.95 · 4. */
const exactDecimals = 6;

/** An answer of a check with the decimals that count. */
export function roundedAnswer(answer: number, decimals = exactDecimals): number {
  return Number(answer.toFixed(decimals));
}

/** An answer as the text writes numbers: `50,240`, `−0.75`. */
export function formatAnswer(rounded: number): string {
  if (!Number.isInteger(rounded)) return formatNumber(rounded, 12);
  return `${rounded < 0 ? '−' : ''}${formatCount(Math.abs(rounded))}`;
}

/** The number that a reader typed, also as `formatAnswer` writes it; NaN where it is none. */
export function toTyped(text: string): number {
  const plain = text
    .trim()
    .replaceAll('−', '-')
    .replaceAll(/,(?=\d{3}(?!\d))/g, '');
  return plain === '' ? NaN : Number(plain);
}

/** Whether a typed number agrees with a rounded answer in the decimals that count. */
export function isAnswer(typed: number, rounded: number, decimals = exactDecimals): boolean {
  return roundedAnswer(typed, decimals) === rounded;
}
