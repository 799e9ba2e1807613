import type { Dataset } from '../dataset.ts';
import { sampleReader } from '../sample-reader.ts';
import type { Place } from './image-copies.ts';

/** Images whose every pixel is like the first: all black, all white or another single colour. */
export function findOneColour({
  sampleShape: [channels, height, width],
  ...sets
}: Pick<Dataset, 'sampleShape' | 'train' | 'test'>): Place[] {
  const area = height * width;
  return (['train', 'test'] as const).flatMap((set) => {
    const read = sampleReader(sets[set]);
    const places: Place[] = [];
    for (let index = 0; index < sets[set].count; index++) {
      if (isEven(read(index), channels, area)) places.push({ set, index });
    }
    return places;
  });
}

function isEven(bytes: Uint8Array, channels: number, area: number): boolean {
  for (let channel = 0; channel < channels; channel++) {
    const first = channel * area;
    for (let at = first + 1; at < first + area; at++) {
      if (bytes[at] !== bytes[first]) return false;
    }
  }
  return true;
}
