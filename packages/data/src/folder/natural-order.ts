/**
 * Compares names in natural order: digits by their number, so that `class2` comes before `class10`, and
 * everything else by code unit, the same on every system. Composed and decomposed spellings of a letter (NFC, NFD)
 * count as one.
 */
export function compareNaturally(first: string, second: string): number {
  const [a, b] = [toParts(first), toParts(second)];
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = compareParts(a[at], b[at]);
    if (order !== 0) return order;
  }
  return a.length - b.length || compareText(first, second);
}

function toParts(name: string): string[] {
  return name.normalize('NFC').match(/\d+|\D+/g) ?? [];
}

function compareParts(a: string, b: string): number {
  if (!isNumber(a) || !isNumber(b)) return compareText(a, b);
  const [x, y] = [a, b].map((digits) => digits.replace(/^0+/, ''));
  return x.length - y.length || compareText(x, y);
}

function isNumber(part: string): boolean {
  return /^\d/.test(part);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
