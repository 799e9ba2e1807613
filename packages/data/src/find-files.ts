// The files of a data set in a folder, as archives and browsers leave them there.
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataError, maskUnprintable } from '@convbook/core';
import { knownFormat, readStartOf, type KnownFormat } from './known-formats.ts';
import { reading } from './reading.ts';
import { haveSameBytes } from './same-bytes.ts';

/** The files of a data set, by the names of MNIST. */
export type Kind = 'train-images' | 'train-labels' | 't10k-images' | 't10k-labels';

/** So many other files are looked into where one is missing. */
const mostOthers = 20;

const put = 'put the four IDX files of one data set there';

/** The names in a folder, sorted. Throws DataError where there is no such folder. */
export function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const { name, remedy } = formatOf(folder) ?? {
      name: code ?? message,
      remedy: 'check the path',
    };
    throw new DataError(`${folder}: expected a folder of IDX files, got ${name}; ${remedy}`, {
      cause,
    });
  }
}

/**
 * The path, within the folder, of the one file of a kind. A folder of that name may hold the file, as
 * in the archive of Kaggle. An unpacked file is preferred to its `.gz`; files of the same name and bytes
 * are one. Throws DataError for none, and for several.
 */
export function findFile(
  folder: string,
  names: readonly string[],
  kind: Kind,
  axes: number,
): string {
  const found = candidates(folder, names, kind, axes);
  const unpacked = found.filter((path) => !path.endsWith('.gz'));
  const [chosen, ...others] = unpacked.length > 0 ? unpacked : found;
  const areOne =
    new Set(found.map(plainName)).size === 1 &&
    others.every((other) => haveSameBytes(join(folder, chosen), join(folder, other)));
  if (areOne) return chosen;
  const { name, remedy } =
    found.length > 0
      ? { name: found.sort().map(shown).join(', '), remedy: put }
      : (otherFile(folder, names) ?? { name: 'none', remedy: put });
  throw new DataError(
    `${folder}: expected one file ${kind}-idx${axes}-ubyte (or .gz), got ${name}; ${remedy}`,
  );
}

/** Paths within the folder; those in the folder itself come first. */
function candidates(folder: string, names: readonly string[], kind: Kind, axes: number): string[] {
  const spelling = kind.replace('t10k', '(t10k|test)');
  const pattern = new RegExp(`^(.+-)?${spelling}[-.]idx${axes}-ubyte(\\.gz)?$`);
  const matching = names.filter((name) => pattern.test(name));
  const isFolder = (name: string) => isKind(join(folder, name), 'isDirectory');
  const nested = matching.filter(isFolder).flatMap((name) =>
    readdirSync(join(folder, name))
      .filter((own) => pattern.test(own))
      .map((own) => `${name}/${own}`),
  );
  return [...matching.filter((name) => !isFolder(name)), ...nested];
}

/** One spelling of a name, without folder and `.gz`. */
function plainName(path: string): string {
  return basename(path, '.gz').replace('.idx', '-idx');
}

/** The first file of another format that is known, where the IDX files are missing. */
function otherFile(folder: string, names: readonly string[]): KnownFormat | null {
  for (const name of names.slice(0, mostOthers)) {
    const format = formatOf(join(folder, name));
    if (format !== null) return { ...format, name: `${shown(name)}, ${format.name}` };
  }
  return null;
}

function formatOf(path: string): KnownFormat | null {
  return isKind(path, 'isFile') ? knownFormat(reading(path, () => readStartOf(path))) : null;
}

function isKind(path: string, kind: 'isFile' | 'isDirectory'): boolean {
  return statSync(path, { throwIfNoEntry: false })?.[kind]() === true;
}

/** A file name, which may hold anything, on one line without control characters. */
function shown(name: string): string {
  return maskUnprintable(name.slice(0, 100));
}
