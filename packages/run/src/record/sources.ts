// Where a run's model and data set came from.
import * as v from 'valibot';
import { fraction, object, oneOf, sha256, text, wholeFrom } from '../checks/fields.ts';

/** Where a file or folder lies; only run.json has it, no page and no export. */
export interface RecordedPath {
  /** From the run directory, for where both were moved. */
  relativePath?: string;
  absolutePath?: string;
}

/** A preset, a file, or an object of the program that trained. */
export interface RecordedModelSource extends RecordedPath {
  kind: 'preset' | 'file' | 'object';
  /** Of the file. */
  sha256?: string;
}

/** A set that Convbook has, a folder or file, a folder of pictures, or an object of the program that trained. */
export interface RecordedDataSource extends RecordedPath {
  kind: 'mnist' | 'synthetic' | 'folder' | 'pictures' | 'object';
  /** Of `synthetic`, where they are not the defaults. */
  seed?: number | undefined;
  trainSamples?: number | undefined;
  testSamples?: number | undefined;
  /** Of `pictures`: the share that tests where the folder has one set, and whether damaged ones are passed over. */
  testShare?: number | undefined;
  skipDamaged?: boolean | undefined;
  /** Of `folder` and `pictures`: whether copies among the training images are left out. */
  dropDuplicates?: boolean | undefined;
}

const paths = { relativePath: v.optional(text), absolutePath: v.optional(text) };

/** The check of `model.source`. */
export const modelSource = object({
  kind: oneOf('preset', 'file', 'object'),
  sha256: v.optional(sha256),
  ...paths,
});

/** The check of `data.source`. */
export const dataSource = object({
  kind: oneOf('mnist', 'synthetic', 'folder', 'pictures', 'object'),
  seed: v.optional(wholeFrom(0)),
  trainSamples: v.optional(wholeFrom(1)),
  testSamples: v.optional(wholeFrom(1)),
  testShare: v.optional(fraction),
  skipDamaged: v.optional(oneOf(true, false)),
  dropDuplicates: v.optional(oneOf(true, false)),
  ...paths,
});
