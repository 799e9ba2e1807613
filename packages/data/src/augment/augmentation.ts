// How training images are varied: settings as plain data, and what they may be.
import { atLeastZero, belowOne, type Expected } from '@convbook/core';

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

/** Every setting with its default, and what it may be. */
export const augmentations: {
  readonly defaults: Augmentation;
  readonly expected: Readonly<Record<keyof Augmentation, Expected>>;
} = {
  defaults: { shift: 0, rotation: 0, scale: 0, elastic: 0 },
  expected: { shift: atLeastZero, rotation: atLeastZero, scale: belowOne, elastic: atLeastZero },
};
