/**
 * How many tiles stand beside each other, so that the last row is as full as possible: 26 tiles of which at
 * most 11 fit take 9 columns. Rows are at least two thirds as long as they could be.
 */
export function balancedColumns(tiles: number, most: number): number {
  if (tiles <= most) return Math.max(1, tiles);
  const least = Math.ceil((2 * most) / 3);
  const fullness = (columns: number) => (((tiles - 1) % columns) + 1) / columns;
  let best = most;
  for (let columns = most - 1; columns >= least; columns--) {
    if (fullness(columns) > fullness(best)) best = columns;
  }
  return best;
}
