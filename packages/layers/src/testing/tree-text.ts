/** The tree of sums as text, as `treeSum` and `sumShards` add. */
export function treeText(leaves: readonly string[]): string {
  const sums = [...leaves];
  for (let step = 1; step < sums.length; step *= 2) {
    for (let first = 0; first + step < sums.length; first += 2 * step) {
      sums[first] = `(${sums[first]}+${sums[first + step]})`;
    }
  }
  return sums[0];
}
