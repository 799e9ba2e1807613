import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { refuseRunFile } from '../checks/refuse.ts';

/** run.json and dataset.json are far smaller; Node has no longer text than 512 MiB. */
const longestText = 256 * 1024 * 1024;

/** Bytes of a file of the run, null where it is missing and may be. */
export function readBytes(directory: string, file: string, required: true): Uint8Array;
export function readBytes(directory: string, file: string, required: boolean): Uint8Array | null;
export function readBytes(directory: string, file: string, required: boolean): Uint8Array | null {
  return readFile(join(directory, file), required, Infinity);
}

/** Text of a file of the run, null where it is missing and may be. */
export function readText(directory: string, file: string, required: true): string;
export function readText(directory: string, file: string, required: boolean): string | null;
export function readText(directory: string, file: string, required: boolean): string | null {
  const bytes = readFile(join(directory, file), required, longestText);
  return bytes === null ? null : bytes.toString('utf8');
}

/** Whether a file of the run is there and larger than so many bytes. */
export function isLarger(directory: string, file: string, bytes: number): boolean {
  const stats = statSync(join(directory, file), { throwIfNoEntry: false });
  return stats !== undefined && stats.size > bytes;
}

/**
 * Whether there is a file at a path.
 *
 * @throws RunDirectoryError when it is required and missing, or is no file.
 */
export function checkReadable(path: string, required: boolean): boolean {
  if (!existsSync(path)) {
    if (required) refuseRunFile(path, 'expected this file in the run directory, got none');
    return false;
  }
  // Reading a pipe waits for whoever writes to it, and a device may never reach its end.
  const isFile = guarded(path, () => statSync(path).isFile());
  if (!isFile) refuseRunFile(path, 'expected a file, got a folder, pipe or device');
  return true;
}

/** Does what reads a file. @throws RunDirectoryError when the system refuses. */
export function guarded<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RunDirectoryError) throw cause;
    return refuseRunFile(path, `cannot be read, got ${(cause as NodeJS.ErrnoException).code}`);
  }
}

function readFile(path: string, required: boolean, mostBytes: number): Buffer | null {
  if (!checkReadable(path, required)) return null;
  return guarded(path, () => {
    const { size } = statSync(path);
    if (size > mostBytes) refuseRunFile(path, `expected at most ${mostBytes} bytes, got ${size}`);
    return readFileSync(path);
  });
}
