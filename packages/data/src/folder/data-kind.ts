import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isCifarFolder } from './cifar.ts';
import { listNames } from './label-list.ts';
import { pictureEnding } from './picture-folder.ts';

/** What a path may lead to. */
export type DataKind = 'idx' | 'cifar' | 'npz' | 'pictures';

const idxName = /idx[13]-ubyte/i;
const hidden = /^\./;

/**
 * Tells a data set by the names of its files: a `.npz` file, a folder of CIFAR, one with pictures, folders or a list
 * of pictures, or with nothing in it; anything else is for the reader of IDX files, which says what is wrong with it.
 */
export function dataKind(path: string): DataKind {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile()) return /\.npz$/i.test(path) ? 'npz' : 'idx';
  if (!stats?.isDirectory()) return 'idx';
  if (isCifarFolder(path)) return 'cifar';
  const names = readNames(path);
  if (names.some((name) => idxName.test(name))) return 'idx';
  if (names.length === 0) return 'pictures';
  const isOfPictures = (name: string) =>
    listNames.includes(name.toLowerCase()) ||
    pictureEnding.test(name) ||
    isFolder(join(path, name));
  return names.some(isOfPictures) ? 'pictures' : 'idx';
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
