import { join } from 'node:path';
import { hashFile } from './hash-file.ts';
import type { LabelledFile, PictureFolder } from './picture-folder.ts';

/** Values of 32 bits. */
const hashRange = 4_294_967_296;

/** Of a file for training. */
const noHash = 'ffffffff';

/** The files of a folder, each in one of two sets. */
export interface SplitFiles {
  readonly train: readonly LabelledFile[];
  readonly test: readonly LabelledFile[];
}

/**
 * The folder's own two sets; where it has one, a file tests the model if the first 32 bits of its SHA-256 are below
 * `testShare` of their range. So no file changes sides when others come or go, and copies are on one side.
 */
export async function splitByContent(
  { folder, train, test }: PictureFolder,
  testShare: number,
  signal?: AbortSignal,
): Promise<SplitFiles> {
  if (test !== null) return { train, test };
  const sets = { train: new Array<LabelledFile>(), test: new Array<LabelledFile>() };
  for (const file of train) {
    signal?.throwIfAborted();
    // One that is empty or cannot be read is reported when it is decoded.
    const isEmpty = file.sizeBytes === 0;
    const hash = isEmpty ? noHash : await hashFile(join(folder, file.path)).catch(() => noHash);
    const place = Number.parseInt(hash.slice(0, 8), 16) / hashRange;
    sets[place < testShare ? 'test' : 'train'].push(file);
  }
  return sets;
}
