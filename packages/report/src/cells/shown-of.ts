import { elementCount } from '@convbook/core';
import type { Samples } from '@convbook/run';

/** Bytes of the test images that one row of cards shows: of large images it has fewer. */
const mostBytes = 400_000;

/** How many of at most `most` cards a page shows of images of this size: at least one. */
export function shownOf(most: number, { shape }: Samples): number {
  return Math.min(most, Math.max(1, Math.floor(mostBytes / elementCount(shape))));
}
