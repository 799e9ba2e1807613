// From decoded pictures to the sets of a data set, in memory or read from the file of the cache.
import type { ImageSet, ImagesFile } from '../dataset.ts';
import { sampleReader, type ReadSample } from '../sample-reader.ts';
import { sharedBytes } from '../shared-bytes.ts';
import type { DecodedPictures } from './cache/decoded-pictures.ts';

/** A picture of a set: the place of its image, and its class. */
export interface PlacedPicture {
  readonly place: number;
  readonly label: number;
}

/**
 * A set of some pictures. Where images have more channels than `sampleBytes`, all are equal and the first is taken.
 *
 * @param reason Why they are read from the file, for people; null where they come into memory.
 * @throws ChangedSamplesError when the file no longer has what was written.
 */
export function toImageSet(
  { images, index: { stride } }: DecodedPictures,
  pictures: readonly PlacedPicture[],
  sampleBytes: number,
  reason: string | null,
): ImageSet {
  const count = pictures.length;
  const labels = sharedBytes(count);
  labels.set(pictures.map(({ label }) => label));
  if (images instanceof Uint8Array) {
    const read: ReadSample = (at) => images.subarray(pictures[at].place * stride);
    return { images: collect(read, count, sampleBytes), labels, count };
  }
  const places = new Uint32Array(new SharedArrayBuffer(count * 4));
  places.set(pictures.map(({ place }) => place));
  const hashes = sharedBytes(count * 32);
  places.forEach((place, at) => {
    hashes.set(images.hashes.subarray(place * 32, place * 32 + 32), at * 32);
  });
  const none = sharedBytes(0);
  const file: ImagesFile = {
    path: images.path,
    stride,
    sampleBytes,
    places,
    hashes,
    reason: reason ?? '',
  };
  const streamed = { images: none, labels, count, file };
  if (reason !== null) return streamed;
  return { images: collect(sampleReader(streamed), count, sampleBytes), labels, count };
}

function collect(read: ReadSample, count: number, sampleBytes: number): ImageSet['images'] {
  const all = sharedBytes(count * sampleBytes);
  for (let at = 0; at < count; at++) all.set(read(at).subarray(0, sampleBytes), at * sampleBytes);
  return all;
}
