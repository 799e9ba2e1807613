// The words in which a file of a run directory is refused.
import { RunDirectoryError } from '@convbook/core';

/**
 * Throws the error of a file of a run directory that cannot be used.
 *
 * @param where File, and the line in it.
 * @param problem What was expected, and what was got.
 * @param cause The system's error, where it refused.
 */
export function refuseRunFile(
  where: string,
  problem: string,
  remedy = 'train again, or restore the run directory from a copy',
  cause?: unknown,
): never {
  const options = cause === undefined ? {} : { cause };
  throw new RunDirectoryError(`${where}: ${problem}; ${remedy}`, options);
}

/** Refuses a file that should be there. */
export function refuseMissing(path: string): never {
  return refuseRunFile(path, 'expected this file in the run directory, got none');
}

/** Refuses something that is no file. */
export function refuseKind(path: string): never {
  return refuseRunFile(path, 'expected a file, got a folder, pipe or device');
}

/** Refuses a file that the system did not open or read. */
export function refuseReading(path: string, cause: unknown): never {
  const { code, message } = cause as NodeJS.ErrnoException;
  const remedy = isDenied(code) ? 'mend permissions' : undefined;
  return refuseRunFile(path, `cannot be read, got ${code ?? message}`, remedy, cause);
}

/** The error for a file of the run directory that the system refuses to write. */
export function cannotWrite(file: string, cause: unknown): RunDirectoryError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new RunDirectoryError(
    `${file}: cannot be written, got ${code ?? message}; ${writingRemedy(code)}`,
    { cause },
  );
}

/** The error for a run directory that the system refuses to make. */
export function cannotMake(directory: string, cause: unknown): RunDirectoryError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const inTheWay = new Map([
    ['EEXIST', 'expected an empty or new folder, got a file'],
    ['ENOTDIR', 'expected a folder above it, got a file'],
  ]).get(code ?? '');
  const problem = inTheWay ?? `cannot be written, got ${code ?? message}`;
  const remedy = inTheWay === undefined ? `${writingRemedy(code)}, or ` : '';
  return new RunDirectoryError(`${directory}: ${problem}; ${remedy}choose another --out`, {
    cause,
  });
}

function writingRemedy(code: string | undefined): string {
  if (isDenied(code)) return 'mend permissions';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'free space';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'check the path';
  if (code === 'EISDIR') return 'remove the folder in its place';
  return 'free space or mend permissions';
}

function isDenied(code: string | undefined): boolean {
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
}
