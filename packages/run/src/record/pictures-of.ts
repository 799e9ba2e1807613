import { earlierPictures, type PictureDescription } from '@convbook/core/pictures';
import type { RunRecord } from './run-record.ts';

/** How a new picture becomes an image like those of a run's data set. */
export function picturesOf({ pictures, sampleShape }: RunRecord['data']): PictureDescription {
  return pictures ?? earlierPictures(sampleShape);
}
