// The words in which a file of a run directory is refused.
import { RunDirectoryError } from '@convbook/core';

/**
 * Throws the error of a file of a run directory that cannot be used.
 *
 * @param where File, and the line in it.
 * @param problem What was expected, and what was got.
 */
export function refuseRunFile(where: string, problem: string, remedy?: string): never {
  const advice = remedy ?? 'train again, or restore the run directory from a copy';
  throw new RunDirectoryError(`${where}: ${problem}; ${advice}`);
}
