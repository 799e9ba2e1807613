import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';

/**
 * Replaces a file so that at every moment either the old or the new one is whole: a temporary file
 * in the same folder, fsync, rename, fsync of the folder.
 *
 * @throws RunDirectoryError when it cannot be written; the old file is then untouched.
 */
export async function writeFileAtomic(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.tmp`;
  try {
    await writeAndSync(temporary, content);
    await rename(temporary, file);
    await syncFolder(path.dirname(file));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannotWrite(file, cause);
  }
}

/** The error for a file of the run directory that the system refuses to write. */
export function cannotWrite(file: string, cause: unknown): RunDirectoryError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new RunDirectoryError(
    `${file}: cannot be written, got ${code}; free space, mend permissions or choose another --out`,
    { cause },
  );
}

async function writeAndSync(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
