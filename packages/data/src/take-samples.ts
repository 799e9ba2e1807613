import type { ImageSet, ImagesFile, SharedBytes } from './dataset.ts';
import { sampleReader } from './sample-reader.ts';
import { sharedBytes } from './shared-bytes.ts';

/** A set of some samples of another, in the order given; what lies in a file stays there. */
export function takeSamples(set: ImageSet, indexes: readonly number[]): ImageSet {
  const { labels, file } = set;
  const taken = { labels: rowsOf(labels, 1, indexes), count: indexes.length };
  if (file) return { ...taken, images: sharedBytes(0), file: takeFrom(file, indexes) };
  const read = sampleReader(set);
  const size = set.images.length / set.count;
  const images = sharedBytes(indexes.length * size);
  indexes.forEach((index, at) => images.set(read(index), at * size));
  return { ...taken, images };
}

function takeFrom(file: ImagesFile, indexes: readonly number[]): ImagesFile {
  const places = new Uint32Array(new SharedArrayBuffer(indexes.length * 4));
  indexes.forEach((index, at) => (places[at] = file.places[index]));
  return { ...file, places, hashes: rowsOf(file.hashes, 32, indexes) };
}

function rowsOf(bytes: SharedBytes, size: number, indexes: readonly number[]): SharedBytes {
  const rows = sharedBytes(indexes.length * size);
  indexes.forEach((index, at) => {
    rows.set(bytes.subarray(index * size, (index + 1) * size), at * size);
  });
  return rows;
}
