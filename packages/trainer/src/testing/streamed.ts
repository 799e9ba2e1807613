// A data set whose images lie in a file, as those of decoded pictures do.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Dataset, ImageSet } from '@convbook/data';
import { sampleBytes, sampleReader } from '@convbook/data/images';

/** Bytes that follow an image in the file. */
const between = 3;

/** The same data set with its images in files of a folder, the last one first. */
export function streamed(data: Dataset, folder: string): Dataset {
  const inFile = (set: ImageSet, name: string): ImageSet => {
    const [read, size] = [sampleReader(set), sampleBytes(set)];
    const file = path.join(folder, name);
    const stride = size + between;
    const places = new Uint32Array(new SharedArrayBuffer(set.count * 4));
    const hashes = new Uint8Array(new SharedArrayBuffer(set.count * 32));
    const bytes = new Uint8Array(set.count * stride);
    places.forEach((_, index) => {
      places[index] = set.count - 1 - index;
      const image = bytes.subarray(places[index] * stride, (places[index] + 1) * stride);
      image.set(read(index));
      hashes.set(createHash('sha256').update(image).digest(), index * 32);
    });
    writeFileSync(file, bytes);
    const images = new Uint8Array(new SharedArrayBuffer(0));
    const { labels, count } = set;
    const own = { path: file, stride, sampleBytes: size, places, hashes, reason: 'for a test' };
    return { images, labels, count, file: own };
  };
  return { ...data, train: inFile(data.train, 'train'), test: inFile(data.test, 'test') };
}
