// The data set of a path, by what lies there.
import { existsSync } from 'node:fs';
import { ConfigurationError, DataError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import {
  dropDuplicates,
  fromSource,
  loadIdxFolder,
  type Dataset,
  type IdxFolderOptions,
} from '@convbook/data';
import {
  dataKind,
  loadCifar,
  loadNpz,
  loadPictureFolder,
  type DataKind,
  type PictureFolderOptions,
} from '@convbook/data/folder';
import { givenFlags } from './picture-flags.ts';
import { picturesCache } from './places.ts';

/** How a data set is read, where the user says. */
export interface DataOptions extends IdxFolderOptions, PictureFolderOptions {
  /** Leaves copies among the training images out. */
  readonly dropDuplicates?: boolean | undefined;
}

/**
 * Refuses options that a kind of data set does not take.
 *
 * @param name As given to --data.
 * @throws ConfigurationError for the first of them.
 */
export function checkOptions(
  name: string,
  kind: DataKind | 'built-in',
  options: DataOptions,
): void {
  if (kind !== 'idx' && options.transpose === true) {
    refuse('--transpose', 'a folder with IDX files', name);
  }
  if (kind === 'built-in' && options.dropDuplicates === true) {
    refuse('--drop-duplicates', 'a folder or a .npz file', name);
  }
  const [flag] = [...givenFlags(options), ...(options.stream === true ? ['--stream'] : [])];
  if (kind !== 'pictures' && flag !== undefined) refuse(flag, 'a folder of pictures', name);
}

function refuse(flag: string, expected: string, name: string): never {
  throw new ConfigurationError(`${flag}: expected ${expected}, got ${name}; leave the option out`);
}

/**
 * The data set of a folder or file: the four IDX files, CIFAR's binary files, a `.npz` file, or pictures.
 *
 * @param path Absolute.
 * @param typed As the user gave it.
 * @throws DataError when there is none; ConfigurationError for an option that it does not take.
 */
export async function readPath(
  path: string,
  typed: string,
  options: DataOptions = {},
): Promise<Dataset> {
  if (!existsSync(path)) {
    throw new DataError(
      `${printable(path)}: expected a folder of pictures, of IDX files or of CIFAR, or a .npz file, got nothing of that name; check the path`,
    );
  }
  const kind = dataKind(path);
  checkOptions(typed, kind, options);
  const read = await readKind(kind, path, options);
  const data = options.dropDuplicates === true ? dropDuplicates(read) : read;
  const found =
    data.source?.kind === 'pictures' ? data.source : { kind: 'folder' as const, path, typed };
  const source = { ...found, typed, dropDuplicates: options.dropDuplicates };
  return fromSource({ ...data, source });
}

function readKind(kind: DataKind, path: string, options: DataOptions): Dataset | Promise<Dataset> {
  const { transpose, dropDuplicates: _, ...pictures } = options;
  switch (kind) {
    case 'idx':
      return loadIdxFolder(path, { transpose });
    case 'cifar':
      return loadCifar(path);
    case 'npz':
      return loadNpz(path);
    case 'pictures':
      return loadPictureFolder(path, { ...pictures, cache: picturesCache() });
  }
}
