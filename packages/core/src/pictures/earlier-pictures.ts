import type { PictureDescription } from './description.ts';

/** Versions that recorded nothing took images of 28 × 28 for digits; they scaled all others. */
const earlier: Readonly<Record<'digit' | 'other', PictureDescription>> = {
  digit: { fit: 'digit', orientation: 'upright', ground: { grey: 0, ink: 'bright', inkSide: 20 } },
  other: { fit: 'whole', orientation: 'upright', ground: null },
};

/**
 * How runs of earlier versions, which do not say it, made images from pictures.
 *
 * @param imageShape `[channels, height, width]`.
 */
export function earlierPictures(imageShape: readonly number[]): PictureDescription {
  return earlier[imageShape.join() === '1,28,28' ? 'digit' : 'other'];
}
