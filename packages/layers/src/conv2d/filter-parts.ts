import { itemsPerParameter } from '../calls/gradient-item.ts';

/** Filters that a tile of the kernels takes. */
export const filterTile = 4;

/** `[from, to)` parts of the filters: an item each, of whole tiles of the kernels. */
export function filterParts(filters: number): [from: number, to: number][] {
  const step = Math.ceil(filters / itemsPerParameter / filterTile) * filterTile;
  return Array.from({ length: Math.ceil(filters / step) }, (_, item) => [
    item * step,
    Math.min(filters, (item + 1) * step),
  ]);
}
