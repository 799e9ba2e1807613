import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotWrite } from '../checks/refuse.ts';
import { checkReadable } from './read-file.ts';

/**
 * Copies a file of a run directory to another.
 *
 * @throws RunDirectoryError when it is missing, is no file, or cannot be written.
 */
export async function copyRunFile(name: string, from: string, to: string): Promise<void> {
  const source = join(from, name);
  checkReadable(source, true);
  await copyFile(source, join(to, name)).catch((cause: unknown) => {
    throw cannotWrite(join(to, name), cause);
  });
}
