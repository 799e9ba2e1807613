// Reads single samples, from memory or from a file. Node's modules are not imported: pages read from memory
// through this module, too.
import { DataError } from '@convbook/core';
import type { ImageSet, ImagesFile } from './dataset.ts';

type Samples = Readonly<Pick<ImageSet<ArrayBufferLike>, 'images' | 'count' | 'file'>>;

/** The image of a sample, `[channels, height, width]`: bytes that the next call may overwrite. */
export type ReadSample = (index: number) => Uint8Array;

/** A file no longer has the images that were written: exit code 3. */
export class ChangedSamplesError extends DataError {}

/** Bytes of one image. */
export function sampleBytes({ images, count, file }: Samples): number {
  return file ? file.sampleBytes : images.length / count;
}

/**
 * A reader of the images of a set. It opens a file when it first reads.
 *
 * @throws ChangedSamplesError, when it reads, where the file is gone, shorter or changed.
 */
export function sampleReader(set: Samples): ReadSample {
  if (set.file) return fileReader(set.file);
  const { images } = set;
  const size = sampleBytes(set);
  return (index) => images.subarray(index * size, (index + 1) * size);
}

/** Closes the files of readers that nobody has any more. */
const closing = new FinalizationRegistry<number>((descriptor) => {
  process.getBuiltinModule('node:fs').closeSync(descriptor);
});

function fileReader(file: ImagesFile): ReadSample {
  const { openSync, readSync } = process.getBuiltinModule('node:fs');
  const { hash } = process.getBuiltinModule('node:crypto');
  const { path, stride, sampleBytes, places, hashes } = file;
  const bytes = new Uint8Array(stride);
  const image = bytes.subarray(0, sampleBytes);
  let descriptor: number | null = null;
  const read: ReadSample = (index) => {
    try {
      if (descriptor === null) closing.register(read, (descriptor = openSync(path, 'r')));
      if (readSync(descriptor, bytes, 0, stride, places[index] * stride) !== stride) {
        throw new Error('the end of the file');
      }
    } catch (cause) {
      throw changed(path, places[index], cause instanceof Error ? cause.message : String(cause));
    }
    const found = hash('sha256', bytes, 'buffer');
    if (found.equals(hashes.subarray(index * 32, (index + 1) * 32))) return image;
    throw changed(path, places[index], 'other bytes');
  };
  return read;
}

function changed(path: string, place: number, got: string): ChangedSamplesError {
  return new ChangedSamplesError(
    `${path}: expected image ${place} of the decoded pictures as it was written, got ${got}; go on with --resume, which decodes them again`,
  );
}

/**
 * Reads every sample that lies in a file.
 *
 * @throws ChangedSamplesError for the first that is no longer what it was.
 */
export function checkSamples(set: Samples): void {
  if (!set.file) return;
  const read = sampleReader(set);
  for (let index = 0; index < set.count; index++) read(index);
}
