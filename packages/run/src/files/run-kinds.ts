// What a run directory consists of: files and two folders, no links to others.
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { refuseReading, refuseRunFile } from '../checks/refuse.ts';
import { fileSize } from './open-file.ts';
import { runFiles } from './run-files.ts';

const folders: readonly string[] = [runFiles.checkpoints, runFiles.snapshots];

/**
 * Checks that everything in a run directory is a file or folder, as it should be.
 *
 * @throws RunDirectoryError where something is a link, pipe or device, or a folder in a file's place.
 */
export function checkKinds(directory: string): void {
  for (const name of Object.values(runFiles)) {
    const path = join(directory, name);
    if (folders.includes(name)) checkFolder(path);
    else fileSize(path);
  }
}

function checkFolder(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) return;
  const got = stats.isSymbolicLink() ? 'a symbolic link' : 'a file';
  refuseRunFile(path, `expected a folder, got ${got}`);
}

/** Whether a folder is there, be it through a link. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
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
