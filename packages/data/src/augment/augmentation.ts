// How training images are varied, as plain data.

/** The most an image changes; each number is drawn evenly between minus and plus this. */
export interface Augmentation {
  /** Pixels along each axis. */
  readonly shift: number;
  /** Degrees about the middle. */
  readonly rotation: number;
  /** Fraction by which an image grows or shrinks. */
  readonly scale: number;
  /** Pixels that the nodes of a coarse grid move along each axis; between nodes the movement is smooth. */
  readonly elastic: number;
}
