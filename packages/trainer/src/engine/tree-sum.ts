/** Sum of the first `count` values by pairs of neighbours, an odd one carried up: the order never depends on who computed what. */
export function treeSum(values: ArrayLike<number>, count: number): number {
  const sums = Array.from({ length: count }, (_, i) => values[i]);
  for (let step = 1; step < count; step *= 2) {
    for (let i = 0; i + step < count; i += 2 * step) sums[i] += sums[i + step];
  }
  return count > 0 ? sums[0] : 0;
}
