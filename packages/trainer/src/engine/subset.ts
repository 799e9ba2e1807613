import type { ImageSet } from '@convbook/data';

/** Samples and their labels, in memory of either kind. */
export type Images = Readonly<ImageSet<ArrayBufferLike>>;

/** Some samples of a set. */
export interface Subset {
  readonly images: Images;
  /** Of the samples, ascending. */
  readonly indexes: Uint32Array;
}
