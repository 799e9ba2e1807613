// How the filters of the first convolution are laid out: the same wherever they are shown.

/** Most filters shown. */
export const mostShown = 128;

/** Filters in a row: the number, among a few, that leaves the last row fullest. */
export function filterColumns([filters, channels]: readonly number[]): number {
  const tiles = Math.min(filters, mostShown);
  const choices = channels > 1 ? [4, 3] : [6, 8, 5, 7];
  const gaps = (columns: number) => (columns - (tiles % columns)) % columns;
  return choices.reduce((best, columns) => (gaps(columns) < gaps(best) ? columns : best));
}
