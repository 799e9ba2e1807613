// The files of a run name it by its fingerprint, which run.json has: a SHA-256 of all that decides their
// bytes. Earlier versions wrote neither.
import { refuseRunFile } from './refuse.ts';

/**
 * Checks that a file belongs to the run.
 *
 * @param found What the file says; undefined where an earlier version wrote it.
 * @param where The file, with which the message begins.
 * @throws RunDirectoryError when it belongs to another run.
 */
export function checkFingerprint(
  found: string | undefined,
  { fingerprint }: { readonly fingerprint?: string | undefined },
  where: string,
): void {
  if (found === undefined || fingerprint === undefined || found === fingerprint) return;
  refuseRunFile(
    where,
    `expected fingerprint ${fingerprint} as run.json has, got ${found}`,
    'it belongs to another run: put the own file back, or train again',
  );
}
