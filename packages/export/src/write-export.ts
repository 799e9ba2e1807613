import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { writeFileAtomic } from '@convbook/run/writing';
import type { ExportedFile } from './export-format.ts';

/** Where an export goes. */
export interface ExportTarget {
  /** A file, or the folder of the files. */
  readonly place: string;
  /** Whether what is there may be replaced. */
  readonly mayReplace: boolean;
}

/**
 * Writes the files of an export; each is replaced as a whole.
 *
 * @throws ConfigurationError where something else is and may not be replaced.
 * @throws RunDirectoryError when it cannot be written.
 */
export async function writeExport(
  files: readonly ExportedFile[],
  { place, mayReplace }: ExportTarget,
): Promise<void> {
  if (!mayReplace) checkFree(place);
  for (const { path: inside, bytes } of files) {
    const file = path.join(place, inside);
    mkdirSync(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, [bytes]);
  }
}

function checkFree(place: string): void {
  const found = statSync(place, { throwIfNoEntry: false });
  const isFree = found === undefined || (found.isDirectory() && readdirSync(place).length === 0);
  if (isFree) return;
  const what = found.isDirectory() ? 'a folder with files in it' : 'a file';
  throw new ConfigurationError(
    `--out: expected a place that is free, got ${what} at ${place}; name another or add --force`,
  );
}
