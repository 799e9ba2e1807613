import { DataError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import type { DamagedFile } from '../dataset-files.ts';

const mostListed = 10;

/** Throws DataError that lists the first ten damaged pictures with what is wrong with each. */
export function refuseDamaged(
  folder: string,
  damaged: readonly DamagedFile[],
  count: number,
): void {
  if (damaged.length === 0) return;
  const more = damaged.length > mostListed ? ` · and ${damaged.length - mostListed} more` : '';
  throw new DataError(
    `${printable(folder)}: expected pictures that can be decoded, got ${damaged.length} of ${count} that cannot: ${listed(damaged)}${more}; replace or remove them, or pass them over with --skip-damaged`,
  );
}

/** The first ten, without what to do about each. */
export function listed(damaged: readonly DamagedFile[]): string {
  return damaged
    .slice(0, mostListed)
    .map(({ problem }) => printable(problem.replace(/; [^;]*$/, '')))
    .join(' · ');
}
