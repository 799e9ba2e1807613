// Commands for which files of this machine are others: each runs in a mount namespace of its own.
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

/** What is to lie in the place of a file or folder, by its path. */
export type OtherFiles = Readonly<Record<string, string>>;

// The second needs no root, where the system lets users have namespaces.
const unshare = [['--mount'], ['--mount', '--map-root-user']].find(isPermitted);

function isPermitted(flags: readonly string[]): boolean {
  return spawnSync('unshare', [...flags, 'mount', '--bind', '/tmp', '/tmp']).status === 0;
}

/** Why there can be none; null where this process may have them. */
export const whyNoOtherFiles = unshare ? null : 'mount namespaces are not permitted';

const script =
  'while [ "$1" != -- ]; do mount --bind "$2" "$1" || exit 99; shift 2; done; shift; exec "$@"';

/** Words that run a command among other files. */
export function amongOtherFiles(others: OtherFiles, words: readonly string[]): string[] {
  const places = Object.entries(others).flat();
  return ['unshare', ...(unshare ?? []), 'sh', '-c', script, 'sh', ...places, '--', ...words];
}

/** The files of all MPI libraries that the dynamic linker finds. */
export function mpiLibraries(): string[] {
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  const found = (stdout ?? '').matchAll(/^\s*libmpi(?:ch|_abi)?\.so\S* .*=> (.+)$/gm);
  return [...new Set([...found].map(([, file]) => realpathSync(file)))];
}
