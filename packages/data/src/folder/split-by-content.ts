import { join } from 'node:path';
import { hashFile } from './hash-file.ts';
import type { ListedFile } from './list-files.ts';
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
 * The first 32 bits of the SHA-256 of each file, in hexadecimal.
 *
 * @throws the signal's reason once it is aborted.
 */
export async function hashContents(
  folder: string,
  files: readonly ListedFile[],
  signal?: AbortSignal,
): Promise<string[]> {
  const contents: string[] = [];
  for (const { path, sizeBytes } of files) {
    signal?.throwIfAborted();
    // One that is empty or cannot be read is reported when it is decoded.
    const hash = sizeBytes === 0 ? noHash : await hashFile(join(folder, path)).catch(() => noHash);
    contents.push(hash.slice(0, 8));
  }
  return contents;
}

/**
 * The folder's own two sets; where it has one, a file tests the model if the first 32 bits of its SHA-256 are below
 * `testShare` of their range. So no file changes sides when others come or go, and copies are on one side.
 *
 * @param contents From `hashContents`; null where the folder has two sets.
 */
export function splitByContent(
  { train, test }: PictureFolder,
  contents: readonly string[] | null,
  testShare: number,
): SplitFiles {
  if (test !== null || contents === null) return { train, test: test ?? [] };
  const isTest = (at: number) => Number.parseInt(contents[at], 16) / hashRange < testShare;
  return {
    train: train.filter((_, at) => !isTest(at)),
    test: train.filter((_, at) => isTest(at)),
  };
}
