import { DataError } from '@convbook/core';
import type { PictureDescription } from '@convbook/core/pictures';
import type { DataSource } from './data-source.ts';
import type { DatasetFiles } from './dataset-files.ts';

/** Bytes that all workers see. */
export type SharedBytes = Uint8Array<SharedArrayBuffer>;

/**
 * Images in a file, read one by one: plain data that crosses to workers, each of which opens the file.
 * `sampleReader` reads them.
 */
export interface ImagesFile {
  readonly path: string;
  /** From one image in the file to the next, in bytes. */
  readonly stride: number;
  /** An image takes the first of these. */
  readonly sampleBytes: number;
  /** `[count]`: which image of the file each sample is. */
  readonly places: Uint32Array<SharedArrayBuffer>;
  /** `[count, 32]`: SHA-256 of all bytes of each. */
  readonly hashes: SharedBytes;
  /** Why the images are not in memory, for people: `as --stream asks`. */
  readonly reason: string;
}

/** Samples and their labels, by default in memory that all workers see. */
export interface ImageSet<Memory extends ArrayBufferLike = SharedArrayBuffer> {
  /** `[count, channels, height, width]`, one byte a value; empty where `file` has them. */
  images: Uint8Array<Memory>;
  /** `[count]`, each below the number of classes. */
  labels: Uint8Array<Memory>;
  count: number;
  /** Where the images are if not in memory. */
  file?: ImagesFile;
}

/** A data set as it lies in memory: bytes, which become floats one shard at a time. */
export interface Dataset {
  name: string;
  /** `[channels, height, width]`. */
  sampleShape: readonly [number, number, number];
  classNames: readonly string[];
  train: ImageSet;
  test: ImageSet;
  /** SHA-256 of each source file as it lies on disk, in hexadecimal, by file name. */
  sha256: Record<string, string>;
  /** How bytes become floats. */
  scaling: 'byte / 255';
  /** How its images were made from pictures; where it is missing, training measures it. */
  pictures?: PictureDescription;
  /** Who made the data, and their licence. */
  attribution: string;
  /** Where it came from; none where a program made it. */
  source?: DataSource | undefined;
  /** Whether rows and columns of the images were exchanged when they were read. */
  transposed?: boolean;
  /** The picture files of its samples; absent where samples are not files of their own. */
  files?: DatasetFiles | undefined;
  /** How files were read where that is not plain, a sentence each. */
  notes?: readonly string[];
}

/**
 * Throws DataError, its message beginning with `where`, unless every label is below `classCount`.
 */
export function checkLabels(where: string, labels: Uint8Array, classCount: number): void {
  const index = labels.findIndex((label) => label >= classCount);
  if (index < 0) return;
  throw new DataError(
    `${where}: expected labels below ${classCount}, got ${labels[index]} at index ${index}; correct the labels or the classes`,
  );
}
