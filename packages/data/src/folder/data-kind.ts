import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isCifarFolder } from './cifar.ts';
import { listNames } from './label-list.ts';

/** What a path may lead to. */
export type DataKind = 'idx' | 'cifar' | 'npz' | 'pictures';

const idxName = /idx[13]-ubyte/i;
const hidden = /^\./;

/**
 * Tells a data set by the names of its files: a `.npz` file, a folder of CIFAR, one with folders or a list of
 * pictures; anything else is for the reader of IDX files, which says what is wrong with it.
 */
export function dataKind(path: string): DataKind {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile()) return /\.npz$/i.test(path) ? 'npz' : 'idx';
  if (!stats?.isDirectory()) return 'idx';
  if (isCifarFolder(path)) return 'cifar';
  const names = readNames(path);
  if (names.some((name) => idxName.test(name))) return 'idx';
  const isOfPictures = names.some(
    (name) => listNames.includes(name.toLowerCase()) || isFolder(join(path, name)),
  );
  return isOfPictures ? 'pictures' : 'idx';
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !hidden.test(name));
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
