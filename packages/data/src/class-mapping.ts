// The class names of EMNIST, `emnist-letters-mapping.txt`: a line for each label, followed by the character
// codes of the class: `1 65 97` is A or a.
import { readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DataError } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import type { Classes } from './class-labels.ts';
import { reading } from './reading.ts';

/** The classes of a mapping file, with its name and SHA-256. */
export interface MappedClasses extends Classes {
  readonly name: string;
  readonly sha256: string;
}

/** 256 lines of a label and some codes have less. */
const largestFile = 64 * 1024;

/** The file in a folder that belongs to images with a prefix such as `emnist-letters-`; null for none. */
export function findMapping(names: readonly string[], prefix: string): string | null {
  const found = names.filter((name) => /^(.+-)?mapping\.txt$/.test(name));
  const own = found.find((name) => name === `${prefix}mapping.txt`);
  return own ?? (found.length === 1 ? found[0] : null);
}

/**
 * Reads a mapping file. Throws DataError naming file and line for anything but labels that follow each
 * other, each with the codes of its characters.
 */
export function readMapping(folder: string, name: string): MappedClasses {
  const path = join(folder, name);
  const bytes = reading(path, () => readSmallFile(path));
  const rows = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, k) => (line.trim() === '' ? [] : [readLine(line.trim(), `${path}:${k + 1}`)]))
    .sort((a, b) => a.label - b.label);
  if (rows.length === 0) {
    throw new DataError(`${path}: expected a line for each class, got none; remove the file`);
  }
  const [{ label: first }] = rows;
  for (const [k, { label, where }] of rows.entries()) {
    if (label === first + k) continue;
    throw new DataError(
      `${where}: expected label ${first + k} next, got ${label}; give each label one line`,
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { first, names: rows.map((row) => row.name), name, sha256 };
}

function readSmallFile(path: string): Buffer {
  const stats = statSync(path);
  if (stats.isFile() && stats.size <= largestFile) return readFileSync(path);
  const got = stats.isFile() ? `${stats.size} bytes` : 'no regular file';
  throw new DataError(
    `${path}: expected a file of at most ${largestFile} bytes, got ${got}; remove it`,
  );
}

function readLine(line: string, where: string) {
  const numbers = line.split(/[\s,]+/).map(Number);
  const [label, ...codes] = numbers;
  const isGood =
    codes.length > 0 &&
    numbers.every((number) => Number.isSafeInteger(number) && number >= 0) &&
    label <= 255 &&
    codes.every((code) => code <= 0x10ffff);
  if (isGood)
    return { label, name: codes.map((code) => String.fromCodePoint(code)).join(''), where };
  throw new DataError(
    `${where}: expected a label and its character codes, got ${showValue(line)}; correct the line or remove the file`,
  );
}
