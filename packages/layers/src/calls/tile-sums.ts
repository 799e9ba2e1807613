/** Scratch of the kernels that make weights' gradients: the low and high sums of one tile, in bytes. */
export const tileSumsBytes = 256;
