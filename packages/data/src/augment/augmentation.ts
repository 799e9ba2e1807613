// How training images are varied, as plain data.

/** The most an image changes; each number is drawn evenly between minus and plus this. */
export interface Augmentation extends PhotoAugmentation {
  /** Pixels along each axis. */
  readonly shift: number;
  /** Degrees about the middle. */
  readonly rotation: number;
  /** Fraction by which an image grows or shrinks. */
  readonly scale: number;
  /** Pixels that the nodes of a coarse grid move along each axis; between nodes the movement is smooth. */
  readonly elastic: number;
}

/** What suits photos; a setting that is absent is 0 and changes nothing. */
export interface PhotoAugmentation {
  /** Probability that left and right are exchanged. */
  readonly flip?: number | undefined;
  /** Pixels of zeros around the image, from which one of its size is cut at a random place. */
  readonly crop?: number | undefined;
  /** Fraction by which all values grow or shrink. */
  readonly brightness?: number | undefined;
  /** Fraction by which distances from the image's mean grow or shrink. */
  readonly contrast?: number | undefined;
  /** Fraction by which distances from a pixel's grey grow or shrink; of three channels. */
  readonly saturation?: number | undefined;
  /** Most of the height and of the width of a rectangle that becomes zero; drawn evenly from 0. */
  readonly erase?: number | undefined;
}
