/** A float32 so that no other one has the same text. */
export function digits(value: number): string {
  return String(Number(value.toPrecision(9))).replace(/^-/, '−');
}

/** A number for a small place: two decimals, of small ones the first digit that is not 0. */
export function short(value: number): string {
  if (value === 0) return '0';
  const text = Math.abs(value) < 0.005 ? String(Number(value.toPrecision(1))) : value.toFixed(2);
  return text.replace(/^-/, '−');
}
