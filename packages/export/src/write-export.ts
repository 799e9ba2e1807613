import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { runFiles } from '@convbook/run';
import { cannotWrite, makeFolders, writeFileAtomic } from '@convbook/run/writing';
import type { ExportedFile } from './export-format.ts';

/** Where an export goes. */
export interface ExportTarget {
  /** A file, or the folder of the files. Other files of the folder stay. */
  readonly place: string;
  /** Whether files that are there and differ may be replaced. */
  readonly mayReplace: boolean;
}

/**
 * Writes the files of an export; each is replaced as a whole. Nothing is written where one may not be.
 *
 * @throws ConfigurationError where something else is and may not be replaced, or never: a file of a run, a device,
 *   a folder in the place of a file.
 * @throws RunDirectoryError when it cannot be written.
 */
export async function writeExport(
  files: readonly ExportedFile[],
  { place, mayReplace }: ExportTarget,
): Promise<void> {
  const targets = files.map(({ path: inside, bytes }) => ({
    file: path.join(place, inside),
    bytes,
  }));
  for (const { file, bytes } of targets) {
    checkPlace(file);
    if (!mayReplace) checkFree(file, bytes);
  }
  for (const { file, bytes } of targets) {
    const folder = path.dirname(file);
    await makeFolders(folder).catch((cause: unknown) => {
      throw cannotWrite(folder, cause);
    });
    await writeFileAtomic(file, [bytes]);
  }
}

function refuse(expected: string, got: string): never {
  throw new ConfigurationError(`--out: expected ${expected}, got ${got}; name another place`);
}

/** Checks that a file could be there at all. */
function checkPlace(file: string): void {
  const folder = path.dirname(file);
  const above = nearest(folder);
  if (!statSync(above).isDirectory()) refuse('a folder', `a file at ${above}`);
  if (existsSync(path.join(folder, runFiles.record))) {
    refuse('a place outside of runs, or export/ in one', `the folder of a run, ${folder}`);
  }
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) refuse('a file, or none yet', `a folder at ${file}`);
  if (found?.isSymbolicLink()) refuse('a file, or none yet', `a link at ${file}`);
  if (found && !found.isFile()) refuse('a file, or none yet', `something else at ${file}`);
}

/** The folder, or the lowest of those above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(path.dirname(folder));
}

function checkFree(file: string, bytes: Uint8Array): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found || (found.size === bytes.length && readFileSync(file).equals(bytes))) return;
  throw new ConfigurationError(
    `--out: expected a place that is free, got another file at ${file}; name another place, or add --force to replace it`,
  );
}
