import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { refuse } from './refuse.ts';

/** A log of a million steps has 200 MB; Node has no longer text than 512. */
const longestText = 2 ** 28;

/** Bytes of a file of the run, null where it is missing and may be. */
export function readBytes(directory: string, file: string, required: boolean): Uint8Array | null {
  return readFile(join(directory, file), required, Infinity);
}

/** Text of a file of the run, null where it is missing and may be. */
export function readText(directory: string, file: string, required: boolean): string | null {
  const bytes = readFile(join(directory, file), required, longestText);
  return bytes === null ? null : bytes.toString('utf8');
}

/** Whether a file of the run is there and larger than so many bytes. */
export function isLarger(directory: string, file: string, bytes: number): boolean {
  const stats = statSync(join(directory, file), { throwIfNoEntry: false });
  return stats !== undefined && stats.size > bytes;
}

function readFile(path: string, required: boolean, mostBytes: number): Buffer | null {
  if (!existsSync(path))
    return required ? refuse(path, 'expected this file in the run directory, got none') : null;
  try {
    const stats = statSync(path);
    // Reading a pipe waits for whoever writes to it, and a device need not end.
    if (!stats.isFile()) return refuse(path, 'expected a file, got a folder, pipe or device');
    if (stats.size > mostBytes) {
      return refuse(path, `expected at most ${mostBytes} bytes, got ${stats.size}`);
    }
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof RunDirectoryError) throw cause;
    return refuse(path, `cannot be read, got ${(cause as NodeJS.ErrnoException).code}`);
  }
}
