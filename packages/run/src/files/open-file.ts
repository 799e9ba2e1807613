// Opens the files of a run directory; nothing else does. Whoever can write there, or packed the archive
// that it came in, may have put something else in a file's place: a link that leads out of the
// directory, a pipe that blocks its reader, a device without an end. The run directory itself may be
// reached through links.
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { RunDirectoryError } from '@convbook/core';
import {
  cannotWrite,
  refuseKind,
  refuseMissing,
  refuseReading,
  refuseRunFile,
} from '../checks/refuse.ts';

const { O_RDONLY, O_RDWR, O_CREAT, O_EXCL } = constants;

/** Follows no link and waits for no pipe. Windows has neither flag. */
const careful = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens a file to read it; null where there is none.
 *
 * @throws RunDirectoryError when it is no file, or the system refuses.
 */
export function openToRead(path: string): number | null {
  try {
    return keepFile(path, openSync(path, O_RDONLY | careful));
  } catch (cause) {
    return isMissing(cause) ? null : refuseOpening(path, cause);
  }
}

/** As `openToRead`, for reading that does not hold up the thread. */
export async function openHandle(path: string): Promise<FileHandle | null> {
  let handle: FileHandle;
  try {
    handle = await open(path, O_RDONLY | careful);
  } catch (cause) {
    return isMissing(cause) ? null : refuseOpening(path, cause);
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  return refuseKind(path);
}

/**
 * Opens a file to write into it as it stands.
 *
 * @param mayBeNew Whether one that is missing is created.
 * @throws RunDirectoryError when it is no file, or has a second name: a copy made of links would change
 *   with it.
 */
export function openToWrite(path: string, mayBeNew: boolean): number {
  let descriptor: number;
  try {
    descriptor = keepFile(path, openSync(path, O_RDWR | careful | (mayBeNew ? O_CREAT : 0), 0o666));
  } catch (cause) {
    if (specialCodes.has(codeOf(cause))) return refuseOpening(path, cause);
    throw cause instanceof RunDirectoryError ? cause : cannotWrite(path, cause);
  }
  if (fstatSync(descriptor).nlink <= 1) return descriptor;
  closeSync(descriptor);
  return refuseRunFile(
    path,
    'expected a file with one name, got a hard link',
    'put a copy of the file in its place',
  );
}

/** Creates a file in the place of whatever else has its name; a folder is left. */
export async function createFile(path: string): Promise<FileHandle> {
  await unlink(path).catch((cause: unknown) => {
    if (!isMissing(cause)) throw cause;
  });
  return open(path, O_RDWR | O_CREAT | O_EXCL);
}

/**
 * Opens a file for as long as `use` takes.
 *
 * @throws RunDirectoryError when there is none, it is no file, or the system refuses.
 */
export function withFile<Value>(path: string, use: (descriptor: number) => Value): Value {
  const descriptor = openToRead(path) ?? refuseMissing(path);
  try {
    return use(descriptor);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    return refuseReading(path, cause);
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes of a file, null where there is none. @throws RunDirectoryError when it is no file. */
export function fileSize(path: string): number | null {
  const descriptor = openToRead(path);
  if (descriptor === null) return null;
  const { size } = fstatSync(descriptor);
  closeSync(descriptor);
  return size;
}

/** The descriptor, if it is that of a file. */
function keepFile(path: string, descriptor: number): number {
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  return refuseKind(path);
}

/** The system's answers for a socket, a device without a driver, and a link. */
const specialCodes = new Set(['ENXIO', 'ENODEV', 'ELOOP']);

function refuseOpening(path: string, cause: unknown): never {
  const code = codeOf(cause);
  if (cause instanceof RunDirectoryError) throw cause;
  if (code === 'ELOOP') {
    return refuseRunFile(path, 'expected a file, got a symbolic link (ELOOP)', undefined, cause);
  }
  return specialCodes.has(code) ? refuseKind(path) : refuseReading(path, cause);
}

function isSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'code' in cause;
}

function isMissing(cause: unknown): boolean {
  return codeOf(cause) === 'ENOENT';
}

function codeOf(cause: unknown): string {
  return isSystemError(cause) ? (cause.code ?? '') : '';
}
