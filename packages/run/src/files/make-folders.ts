import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isFolder } from './run-kinds.ts';

/**
 * Makes a folder and those above it, one level at a time: asked for all at once, Node never returns where the system
 * takes no folder, as in /proc.
 *
 * @throws Error of the system when one cannot be made.
 */
export async function makeFolders(folder: string): Promise<void> {
  if (isFolder(folder)) return;
  const above = path.dirname(folder);
  if (!existsSync(above)) await makeFolders(above);
  await mkdir(folder).catch((error: unknown) => {
    // Another process may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  });
}
