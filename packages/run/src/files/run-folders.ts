// The folders of a run directory, which are no links to others.
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { refuseReading, refuseRunFile } from '../checks/refuse.ts';
import { runFiles } from './run-files.ts';

/**
 * Checks that what a run directory has of its folders are folders.
 *
 * @throws RunDirectoryError where one is a link or file.
 */
export function checkFolders(directory: string): void {
  for (const name of [runFiles.checkpoints, runFiles.snapshots]) {
    const path = join(directory, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined || stats.isDirectory()) continue;
    const got = stats.isSymbolicLink() ? 'a symbolic link' : 'a file';
    refuseRunFile(path, `expected a folder, got ${got}`);
  }
}

/** Names in a folder, none where it is missing. @throws RunDirectoryError when the system refuses. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? [] : refuseReading(folder, cause);
  }
}
