// dataset.json: the data set in numbers, and its mean images.
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { showValue } from '@convbook/core/checks';
import * as v from 'valibot';
import { complaint, count, list, mapping, object, text, wholeNumbers } from '../checks/fields.ts';
import { refuseRunFile } from '../checks/refuse.ts';
import { parseStrictJson } from '../checks/strict-json.ts';
import { isLarger, readText } from '../files/read-file.ts';
import { runFiles } from '../files/run-files.ts';
import type { RunRecord } from '../record/run-record.ts';
import {
  faultsSchema,
  filesSchema,
  samplesSchema,
  type FileCounts,
  type ShownFaults,
  type ShownSamples,
} from './dataset-faults.ts';

/** The content of `dataset.json`. */
export interface DatasetRecord {
  /** SHA-256 of each source file, as run.json has it; absent: of an earlier version. */
  sha256?: Record<string, string>;
  name: string;
  sampleShape: number[];
  classNames: string[];
  train: { samples: number; perClass: number[] };
  test: { samples: number; perClass: number[] };
  /** Held-out training samples; absent where there are none. */
  validation?: { samples: number; perClass: number[] };
  /**
   * Mean image of each class over the training samples, bytes rounded, `[class][c·h·w]`; empty where
   * these are too many values.
   */
  meanImages: number[][];
  /** Counts of byte values 0…255 over the training samples. */
  histogram: number[];
  /**
   * Training images as they are and then as epochs 1, 2, … show them, `[image][view][c·h·w]`; absent
   * where images are not varied.
   */
  augmented?: number[][][];
  /** The first training images of each class. Absent, as what follows: of an earlier version. */
  samples?: ShownSamples;
  /** What is wrong with the images. */
  faults?: ShownFaults;
  /** The files of a folder of pictures; absent for other data. */
  files?: FileCounts;
}

/** A page cannot show the description of many classes of large images: it is left out. */
const largestDescription = 8 * 1024 * 1024;

/**
 * The `dataset.json` of a run directory; null where it is missing and may be, or larger than 8 MiB.
 *
 * @throws RunDirectoryError when it is required and missing, or does not describe the run's data.
 */
export function readDataset(
  directory: string,
  required: boolean,
  record: RunRecord,
): DatasetRecord | null {
  if (isLarger(directory, runFiles.dataset, largestDescription)) return null;
  const source = readText(directory, runFiles.dataset, required);
  if (source === null) return null;
  const where = join(directory, runFiles.dataset);
  const dataset = parseDatasetRecord(source, where, record.data);
  if (dataset.sha256 !== undefined) checkDescribed(dataset, record.data, where);
  return dataset;
}

/** The data set and the part of it that the run was trained on must be those of run.json. */
function checkDescribed(
  { sha256, train }: DatasetRecord,
  data: RunRecord['data'],
  where: string,
): void {
  if (isDeepStrictEqual(sha256, data.sha256) && train.samples === data.trainSamples) return;
  refuseRunFile(
    where,
    `expected ${data.trainSamples} samples of ${showValue(data.sha256)} as run.json has, ` +
      `got ${train.samples} of ${showValue(sha256)}`,
    'it belongs to another run: put the own file back, or train again',
  );
}

/** Mean images are at most 2^20 values, each of up to four characters. */
const longestDescription = 8 * 1024 * 1024;

/**
 * Reads a `dataset.json`, which describes the data that `run.json` names.
 *
 * @throws RunDirectoryError beginning with `where` where it does not.
 */
export function parseDatasetRecord(
  source: string,
  where: string,
  { sampleShape, classNames }: RunRecord['data'],
): DatasetRecord {
  if (source.length > longestDescription) {
    refuseRunFile(where, `expected at most ${longestDescription} characters, got ${source.length}`);
  }
  const classes = classNames.length;
  const part = object({
    samples: count,
    perClass: wholeNumbers(classes, 0, Number.MAX_SAFE_INTEGER),
  });
  const pixels = sampleShape.reduce((product, size) => product * size, 1);
  const image = wholeNumbers(pixels, 0, 255);
  const schema = object({
    sha256: v.optional(mapping(text)),
    name: text,
    train: part,
    test: part,
    validation: v.optional(part),
    sampleShape: v.pipe(list(count), same(sampleShape, 'data.sampleShape of run.json')),
    classNames: v.pipe(list(text), same(classNames, 'data.classNames of run.json')),
    meanImages: v.pipe(list(image), forEachOrNone(classes)),
    histogram: wholeNumbers(256, 0, Number.MAX_SAFE_INTEGER),
    augmented: v.optional(list(list(image, 2))),
    samples: v.optional(samplesSchema(classes)),
    faults: v.optional(faultsSchema(classes)),
    files: v.optional(filesSchema),
  });
  const value = parseStrictJson(source, where, true);
  const wrong = complaint(schema, value);
  return wrong === null ? (value as DatasetRecord) : refuseRunFile(where, wrong);
}

function forEachOrNone(classes: number) {
  return v.check<unknown, string>(
    (images) => [0, classes].includes((images as unknown[]).length),
    `an image for each of ${classes} classes, or none`,
  );
}

function same(expected: readonly unknown[], phrase: string) {
  return v.check<unknown, string>(
    (value) => JSON.stringify(value) === JSON.stringify(expected),
    `${phrase}, ${showValue(expected)}`,
  );
}
