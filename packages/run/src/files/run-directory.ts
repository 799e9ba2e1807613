import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { cannotWrite, syncFolder } from './atomic-write.ts';
import { runFiles } from './run-files.ts';

/**
 * Makes an empty run directory with its subfolders.
 *
 * @throws ConfigurationError when it exists and is not empty.
 * @throws RunDirectoryError when it cannot be made.
 */
export async function createRunDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    if ((await readdir(directory)).length > 0) {
      throw new ConfigurationError(
        `${directory}: expected an empty or new folder, got one with files in it; choose another --out`,
      );
    }
    await mkdir(path.join(directory, runFiles.checkpoints));
    await mkdir(path.join(directory, runFiles.snapshots));
    await syncFolder(path.dirname(directory));
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw cannotWrite(directory, cause);
  }
}

/** A name for a run that no other has: its time (UTC) and model. */
export function newRunDirectory(reports: string, modelName: string, at: Date): string {
  const stamp = at.toISOString().slice(0, 19).replaceAll(':', '-');
  const name = `${stamp}-${modelName.replaceAll(/[^\w.-]+/g, '-')}`;
  let directory = path.join(reports, name);
  for (let again = 2; existsSync(directory); again++) {
    directory = path.join(reports, `${name}-${again}`);
  }
  return directory;
}
