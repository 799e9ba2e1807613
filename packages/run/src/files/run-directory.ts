import { lstatSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { cannotMake } from '../checks/refuse.ts';
import { syncFolder } from './atomic-write.ts';
import { makeFolders } from './make-folders.ts';
import { runFiles } from './run-files.ts';
import { isFolder, namesIn } from './run-kinds.ts';

/**
 * Makes an empty run directory with its subfolders.
 *
 * @throws ConfigurationError when it exists and is not empty.
 * @throws RunDirectoryError when it cannot be made.
 */
export async function createRunDirectory(directory: string): Promise<void> {
  try {
    await makeFolders(directory);
    checkRunDirectory(directory);
    await createSubfolders(directory);
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw cannotMake(directory, cause);
  }
}

/**
 * Refuses a folder that has files in it; one that is not there can be made.
 *
 * @throws ConfigurationError when it has files in it.
 */
export function checkRunDirectory(directory: string): void {
  if (!isFolder(directory) || namesIn(directory).length === 0) return;
  throw new ConfigurationError(
    `${directory}: expected an empty or new folder, got one with files in it; choose another --out`,
  );
}

/**
 * Makes a run directory under `reports` with a name that no other has, even where another process makes
 * one at the same time.
 *
 * @returns Its path.
 * @throws RunDirectoryError when it cannot be made.
 */
export async function createNamedDirectory(
  reports: string,
  modelName: string,
  at: Date,
): Promise<string> {
  for (;;) {
    const directory = newRunDirectory(reports, modelName, at);
    try {
      await makeFolders(reports);
      await mkdir(directory);
      await createSubfolders(directory);
      return directory;
    } catch (cause) {
      const isTaken = (cause as NodeJS.ErrnoException).code === 'EEXIST' && isThere(directory);
      if (!isTaken) throw cannotMake(reports, cause);
    }
  }
}

/** A name for a run that no other has: its time (UTC) and model. */
export function newRunDirectory(reports: string, modelName: string, at: Date): string {
  const stamp = at.toISOString().slice(0, 19).replaceAll(':', '-');
  const name = `${stamp}-${modelName.replaceAll(/[^\w.-]+/g, '-')}`;
  let directory = path.join(reports, name);
  for (let again = 2; isThere(directory); again++) {
    directory = path.join(reports, `${name}-${again}`);
  }
  return directory;
}

async function createSubfolders(directory: string): Promise<void> {
  await mkdir(path.join(directory, runFiles.checkpoints));
  await mkdir(path.join(directory, runFiles.snapshots));
  await syncFolder(path.dirname(directory));
}

/** Whether a name is taken, be it by a link that leads nowhere. */
function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
