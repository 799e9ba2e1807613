// The commit that is checked out, from git's own files: https://git-scm.com/docs/gitrepository-layout. Works without
// git, for work trees and submodules, too, whose `.git` is a file.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Larger files are not read: a list of 100,000 branches has 7 MB. */
const mostBytes = 16 * 2 ** 20;

/** The commit of the repository that a folder lies in; null where it lies in none, or none has been made. */
export function headCommit(folder: string): string | null {
  const repository = findRepository(path.resolve(folder));
  if (repository === null) return null;
  const head = readText(path.join(repository, 'HEAD'));
  const common = readText(path.join(repository, 'commondir'));
  const shared = common === null ? repository : path.resolve(repository, common);
  return head === null ? null : follow(head, [repository, shared]);
}

/** The folder of a repository's own files. */
function findRepository(folder: string): string | null {
  const entry = path.join(folder, '.git');
  if (readText(path.join(entry, 'HEAD')) !== null) return entry;
  const [, elsewhere] = /^gitdir: (.+)$/.exec(readText(entry) ?? '') ?? [];
  if (elsewhere !== undefined) return path.resolve(folder, elsewhere);
  const parent = path.dirname(folder);
  return parent === folder ? null : findRepository(parent);
}

/** A commit, or the one of a branch: a file of its own, or a line of `packed-refs`. */
function follow(head: string, repositories: readonly string[]): string | null {
  const [, branch] = /^ref: (refs\/[^\0]+)$/.exec(head) ?? [];
  if (branch === undefined) return toCommit(head);
  if (branch.split('/').includes('..')) return null;
  for (const repository of repositories) {
    const text = readText(path.join(repository, branch));
    if (text !== null) return toCommit(text);
  }
  const packed = readText(path.join(repositories[repositories.length - 1], 'packed-refs')) ?? '';
  const line = packed.split('\n').find((one) => one.endsWith(` ${branch}`));
  return line === undefined ? null : toCommit(line.slice(0, line.indexOf(' ')));
}

function toCommit(text: string): string | null {
  return /^(?:[\da-f]{40}|[\da-f]{64})$/.test(text) ? text : null;
}

/** A file without the space around it; null where there is none, or it is no plain file. */
function readText(file: string): string | null {
  try {
    const entry = statSync(file);
    const isRead = entry.isFile() && entry.size <= mostBytes;
    return isRead ? readFileSync(file, 'utf8').trim() : null;
  } catch {
    return null;
  }
}
