import type { PictureGround } from '@convbook/core/pictures';

/** The byte of so much ink, from 0 to 1, on a data set's ground. */
export function drawn(strength: number, { grey, ink }: PictureGround): number {
  return Math.round(grey + ((ink === 'bright' ? 255 : 0) - grey) * strength);
}
