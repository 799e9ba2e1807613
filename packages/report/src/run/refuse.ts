import { RunDirectoryError } from '@convbook/core';

/**
 * Throws the error of a run directory that cannot be read.
 *
 * @param where File, and the field in it.
 * @param problem What was expected or is wrong, and what was got.
 */
export function refuse(where: string, problem: string, remedy?: string): never {
  const advice = remedy ?? 'train again, or restore the run directory from a copy';
  throw new RunDirectoryError(`${where}: ${problem}; ${advice}`);
}

/** A value as it appears in a message: short and on one line. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
