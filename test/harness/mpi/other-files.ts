// Commands for which files of this machine are others: each runs in a mount namespace of its own.
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

/** What is to lie in the place of a file or folder, by its path. */
export type OtherFiles = Readonly<Record<string, string>>;

const unshare = ['unshare', '--mount'];

// Users who are not root are so in a namespace of users, if the system lets them have one.
const asRoot = [[], ['unshare', '--map-root-user']].find((first) => {
  const [program, ...words] = first.concat(unshare, 'mount', '--bind', '/tmp', '/tmp');
  return spawnSync(program, words).status === 0;
});

/** Why there can be none; null where this process may have them. */
export const whyNoOtherFiles = asRoot ? null : 'mount namespaces are not permitted';

/** Words that run a launcher whose ranks run among other files: all in one namespace of users, they share memory. */
export function launching(words: readonly string[]): string[] {
  return (asRoot ?? []).concat(words);
}

const script =
  'while [ "$1" != -- ]; do mount --bind "$2" "$1" || exit 99; shift 2; done; shift; exec "$@"';

/** Words that run a command among other files, below `launching`. */
export function amongOtherFiles(others: OtherFiles, words: readonly string[]): string[] {
  const places = Object.entries(others).flat();
  return [...unshare, 'sh', '-c', script, 'sh', ...places, '--', ...words];
}

/** The files of all MPI libraries that the dynamic linker finds. */
export function mpiLibraries(): string[] {
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  const found = (stdout ?? '').matchAll(/^\s*libmpi(?:ch|_abi)?\.so\S* .*=> (.+)$/gm);
  return [...new Set([...found].map(([, file]) => realpathSync(file)))];
}
