import type { Dataset } from '../dataset.ts';
import { thumbnails, thumbnailShape, type ThumbnailShape } from '../thumbnails.ts';
import { pairOf } from './fault-lines.ts';
import type { FaultKind, ImageFault } from './find-faults.ts';
import type { Place } from './image-copies.ts';

/** Images of a fault that are shown, and their longest side: together 0.4 MB of base64. */
const [mostShown, longestSide] = [6, 64];

/** An image and the samples that it is. */
interface ShownImage {
  /** Its bytes in base64. */
  image: string;
  places: ShownPlace[];
}

/** A sample; its file and the size of its picture, where it was one. */
interface ShownPlace {
  set: 'train' | 'test';
  index: number;
  label: number;
  path?: string;
  width?: number;
  height?: number;
}

/** The faults with the first images of each, as `dataset.json` keeps them. */
export function describeFaults(
  data: Dataset,
  faults: readonly ImageFault[],
): {
  shape: ThumbnailShape;
  found: { kind: FaultKind; count: number; groups: number; shown: ShownImage[] }[];
} {
  const shape = thumbnailShape(data.sampleShape, longestSide);
  const found = faults.map(({ kind, count, groups }) => ({
    kind,
    count,
    groups: groups.length,
    shown: groups.slice(0, mostShown).map((group) => ({
      image: thumbnails(data[group[0].set], data.sampleShape, [group[0].index], shape),
      places: pairOf(data, kind, group).map((place) => describePlace(data, place)),
    })),
  }));
  return { shape, found };
}

function describePlace(data: Dataset, { set, index }: Place): ShownPlace {
  return { set, index, label: data[set].labels[index], ...data.files?.[set][index] };
}
