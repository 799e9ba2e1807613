// samples.safetensors: test images as bytes.
import { join } from 'node:path';
import { decodeSafetensors } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import { checkFingerprint } from '../checks/fingerprint.ts';
import { refuseRunFile } from '../checks/refuse.ts';
import { readBytes } from '../files/read-file.ts';
import { runFiles } from '../files/run-files.ts';
import type { RunRecord } from '../record/run-record.ts';
import { takeTensor } from './take-tensor.ts';

/**
 * The test images that a run keeps: all where they take at most 8 MB, else the mistakes first. Earlier versions kept
 * a sample of 3 MB.
 */
export interface Samples {
  /** `[channels, height, width]`. */
  shape: readonly number[];
  /** Bytes `[channels·height·width]` of each image, by its place in the test set. */
  images: ReadonlyMap<number, Uint8Array>;
}

/** The trainer writes 8 MB of images, and four bytes more for each. */
const mostBytes = 64 * 1024 * 1024;

/**
 * The images of a run directory, null where they are missing and may be.
 *
 * @throws RunDirectoryError when they are not images of the run's test set.
 */
export function readSamples(
  directory: string,
  required: boolean,
  record: RunRecord,
): Samples | null {
  const bytes = readBytes(directory, runFiles.samples, required, mostBytes);
  if (bytes === null) return null;
  const where = join(directory, runFiles.samples);
  const { tensors, metadata } = decodeSafetensors(bytes, where);
  checkFingerprint(metadata.fingerprint, record, where);
  const { sampleShape, testSamples } = record.data;
  const {
    shape: [number, ...shape],
    data,
  } = takeTensor(tensors, 'images', 'U8', 4, where);
  if (shape.join() !== sampleShape.join()) {
    refuseRunFile(
      where,
      `expected images of ${showValue(sampleShape)} as run.json says, got ${showValue(shape)}`,
    );
  }
  const indexes = takeTensor(tensors, 'indexes', 'I32', 1, where).data;
  if (indexes.length !== number) {
    refuseRunFile(where, `expected as many indexes as images, got ${indexes.length} and ${number}`);
  }
  const stray = indexes.find((index) => index < 0 || index >= testSamples);
  if (stray !== undefined)
    refuseRunFile(where, `expected indexes from 0 below ${testSamples}, got ${stray}`);
  const size = shape.reduce((product, length) => product * length, 1);
  const images = new Map(
    Array.from(indexes, (index, k) => [index, data.subarray(k * size, (k + 1) * size)] as const),
  );
  return { shape, images };
}
