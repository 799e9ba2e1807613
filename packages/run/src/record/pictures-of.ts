import type { PictureDescription } from '@convbook/core/pictures';
import type { RunRecord } from './run-record.ts';

/** What versions that recorded nothing took images of 28 × 28 for; they scaled all others. */
const earlier: Readonly<Record<'digit' | 'other', PictureDescription>> = {
  digit: { fit: 'digit', orientation: 'upright', ground: { grey: 0, ink: 'bright', inkSide: 20 } },
  other: { fit: 'whole', orientation: 'upright', ground: null },
};

/** How a new picture becomes an image like those of a run's data set. */
export function picturesOf({ pictures, sampleShape }: RunRecord['data']): PictureDescription {
  return pictures ?? earlier[sampleShape.join() === '1,28,28' ? 'digit' : 'other'];
}
