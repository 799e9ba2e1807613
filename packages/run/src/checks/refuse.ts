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
  return refuseRunFile(path, `cannot be read, got ${code ?? message}`, undefined, cause);
}

/** The error for a file of the run directory that the system refuses to write. */
export function cannotWrite(file: string, cause: unknown): RunDirectoryError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new RunDirectoryError(
    `${file}: cannot be written, got ${code ?? message}; ` +
      'free space, mend permissions or choose another --out',
    { cause },
  );
}
