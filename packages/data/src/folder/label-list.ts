// labels.csv and metadata.csv: a header, then a row `file_name,label` for each picture.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { DataError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import type { ListedFile } from './list-files.ts';

/** Names of lists, in the order they are looked for. */
export const listNames = ['labels.csv', 'metadata.csv'];

/** 64 MiB: about a million rows. */
const mostBytes = 67_108_864;
const fileColumns = ['file_name', 'filename', 'file', 'image', 'path'];
const labelColumns = ['label', 'class', 'class_name', 'category'];

/**
 * The pictures that a list names, in natural order of their paths, with the names of their classes.
 *
 * @param prefix Where the list lies: its file names begin there.
 * @param files What there is, among it the files of the list.
 * @throws DataError when the list is no CSV with these columns, is larger than 64 MiB, names a file that is not
 *   there, or one twice.
 */
export function readLabelList(
  list: string,
  prefix: string,
  files: readonly ListedFile[],
): (ListedFile & { name: string })[] {
  const where = printable(list);
  const rows = readRows(list, where);
  const byPath = new Map(files.map((file) => [file.path.normalize('NFC'), file]));
  const names = new Map<ListedFile, string>();
  for (const [at, { file: name, label }] of rows.entries()) {
    const path = `${prefix}${name.replace(/^\.\//, '').replaceAll('\\', '/')}`;
    const file = byPath.get(path.normalize('NFC'));
    const problem =
      file === undefined ? 'no such file' : names.has(file) ? 'a file named before' : null;
    if (file === undefined || problem !== null) {
      throw new DataError(
        `${where}, row ${at + 1}: expected a picture of the folder ${printable(dirname(list))}, got ${printable(name)}, ${problem}; correct the list`,
      );
    }
    names.set(file, label.normalize('NFC'));
  }
  return files.flatMap((file) => {
    const name = names.get(file);
    return name === undefined ? [] : [{ ...file, name }];
  });
}

function readRows(list: string, where: string): { file: string; label: string }[] {
  const [header, ...rows] = parseList(list, where);
  const column = (names: readonly string[]) =>
    names
      .map((name) => header.findIndex((cell) => cell.trim().toLowerCase() === name))
      .find(isFound);
  const [file, label] = [column(fileColumns), column(labelColumns)];
  if (file === undefined || label === undefined) {
    throw new DataError(
      `${where}: expected a first row with the columns file_name and label, got ${printable(header.join(',').slice(0, 200))}; name the columns so`,
    );
  }
  return rows.map((cells, at) => {
    if (cells[label].trim() !== '') return { file: cells[file].trim(), label: cells[label].trim() };
    throw new DataError(
      `${where}, row ${at + 1}: expected a label, got none; give every picture a class or leave it out`,
    );
  });
}

function isFound(at: number): boolean {
  return at >= 0;
}

function parseList(list: string, where: string): string[][] {
  const content = readFileSync(list);
  if (content.length > mostBytes) {
    throw new DataError(
      `${where}: expected at most ${mostBytes} bytes, got ${content.length}; use class folders`,
    );
  }
  try {
    const rows: string[][] = parse(content, { bom: true, skipEmptyLines: true });
    if (rows.length > 0) return rows;
  } catch (cause) {
    const { message, code } = cause as NodeJS.ErrnoException;
    const remedy =
      code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH'
        ? 'quote what has a comma in it, as in "red, large"'
        : 'correct it';
    throw new DataError(`${where}: expected a CSV file, got ${printable(message)}; ${remedy}`, {
      cause,
    });
  }
  throw new DataError(
    `${where}: expected a first row with the columns file_name and label, got an empty file; name the columns so`,
  );
}
