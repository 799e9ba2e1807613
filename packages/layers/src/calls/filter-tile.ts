/** Filters that a tile of the kernels takes. */
export const filterTile = 4;
