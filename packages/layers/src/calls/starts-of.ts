/** Shares `items` out to ranks: rank r has those from `starts[r]` to `starts[r + 1]`. */
export function startsOf(items: number, ranks: number): number[] {
  return Array.from({ length: ranks + 1 }, (_, r) => Math.floor((items * r) / ranks));
}
