/** Shares `items` out to ranks: rank r has those from `starts[r]` to `starts[r + 1]`. */
export function startsOf(items: number, ranks: number): number[] {
  return Array.from({ length: ranks + 1 }, (_, r) => Math.floor((items * r) / ranks));
}

/** Where each of some things begins that lie one after the other, and where the last ends: from 0, their running totals. */
export function runningTotals(sizes: readonly number[]): number[] {
  const totals = [0];
  for (const size of sizes) totals.push(totals[totals.length - 1] + size);
  return totals;
}
