import { fstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuseMissing, refuseRunFile } from '../checks/refuse.ts';
import { fileSize, withFile } from './open-file.ts';

/** Node has no longer text than 512 MiB. */
const longestText = 256 * 1024 * 1024;

/**
 * Bytes of a file of the run, null where it is missing and may be.
 *
 * @param mostBytes A longer file is refused before it is read.
 */
export function readBytes(
  directory: string,
  file: string,
  required: true,
  mostBytes: number,
): Uint8Array;
export function readBytes(
  directory: string,
  file: string,
  required: boolean,
  mostBytes: number,
): Uint8Array | null;
export function readBytes(
  directory: string,
  file: string,
  required: boolean,
  mostBytes: number,
): Uint8Array | null {
  return readFile(join(directory, file), required, mostBytes);
}

/** Text of a file of the run, null where it is missing and may be. */
export function readText(
  directory: string,
  file: string,
  required: true,
  mostBytes?: number,
): string;
export function readText(
  directory: string,
  file: string,
  required: boolean,
  mostBytes?: number,
): string | null;
export function readText(
  directory: string,
  file: string,
  required: boolean,
  mostBytes = longestText,
): string | null {
  const bytes = readFile(join(directory, file), required, mostBytes);
  return bytes === null ? null : bytes.toString('utf8');
}

/** Whether a file of the run is there and larger than so many bytes. */
export function isLarger(directory: string, file: string, bytes: number): boolean {
  return (fileSize(join(directory, file)) ?? 0) > bytes;
}

/**
 * Whether there is a file at a path.
 *
 * @throws RunDirectoryError when it is required and missing, or is no file.
 */
export function checkReadable(path: string, required: boolean): boolean {
  if (fileSize(path) !== null) return true;
  return required ? refuseMissing(path) : false;
}

function readFile(path: string, required: boolean, mostBytes: number): Buffer | null {
  if (!checkReadable(path, required)) return null;
  return withFile(path, (descriptor) => {
    const { size } = fstatSync(descriptor);
    if (size > mostBytes) refuseRunFile(path, `expected at most ${mostBytes} bytes, got ${size}`);
    return readFileSync(descriptor);
  });
}
