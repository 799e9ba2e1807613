// How training images are varied, as plain data.

/** The most an image is changed; each draw is even between minus and plus that. */
export interface Augmentation {
  /** Pixels along each axis. */
  readonly shift: number;
  /** Degrees about the middle. */
  readonly rotation: number;
  /** Fraction an image becomes larger or smaller by. */
  readonly scale: number;
  /** Pixels along each axis that the nodes of a coarse grid move; between them it is smooth. */
  readonly elastic: number;
}
