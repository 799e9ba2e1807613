import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { headCommit } from './git-head.ts';
import { watchProject } from './project-state.ts';

const identity = ['-c', 'user.name=test', '-c', 'user.email=test@test'];

/** Runs git in a folder; answers what it prints. */
function git(folder: string, ...words: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const asked = [...identity, '-c', 'protocol.file.allow=always', ...words];
  return execFileSync('git', asked, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** A repository of one commit with the file `model.ts`. */
function repository(): string {
  const folder = temporaryFolder();
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  writeFileSync(path.join(folder, 'model.ts'), 'export {};\n');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '--message', 'Begin');
  return folder;
}

const head = (folder: string) => git(folder, 'rev-parse', 'HEAD');

test('headCommit of a branch, from any folder below', () => {
  const folder = repository();
  mkdirSync(path.join(folder, 'a', 'b'), { recursive: true });
  expect(headCommit(path.join(folder, 'a', 'b'))).toBe(head(folder));
});

test.each<[state: string, words: string[]]>([
  ['a branch in packed-refs', ['pack-refs', '--all']],
  ['a commit without a branch', ['checkout', '--quiet', '--detach']],
  ['a branch with a slash', ['checkout', '--quiet', '-b', 'topic/one']],
])('headCommit of %s', (_, words) => {
  const folder = repository();
  git(folder, ...words);
  expect(headCommit(folder)).toBe(head(folder));
});

test('headCommit of another work tree, whose branch is in the shared folder', () => {
  const folder = repository();
  const other = path.join(temporaryFolder(), 'other');
  git(folder, 'worktree', 'add', '--quiet', '-b', 'other', other);
  git(other, 'commit', '--quiet', '--allow-empty', '--message', 'Second');
  expect(headCommit(other)).toBe(head(other));
  expect(headCommit(other)).not.toBe(head(folder));
  git(folder, 'pack-refs', '--all');
  expect(headCommit(other)).toBe(head(other));
});

test('headCommit of a submodule', () => {
  const [folder, inner] = [repository(), repository()];
  git(inner, 'commit', '--quiet', '--allow-empty', '--message', 'Second');
  git(folder, 'submodule', '--quiet', 'add', inner, 'inner');
  expect(headCommit(path.join(folder, 'inner'))).toBe(head(inner));
});

test('headCommit is null where no commit has been made, and outside of repositories', () => {
  const folder = temporaryFolder();
  expect(headCommit(folder)).toBeNull();
  git(folder, 'init', '--quiet');
  expect(headCommit(folder)).toBeNull();
});

test.each<[what: string, write: (folder: string) => void]>([
  ['text that is no commit', (at) => writeFileSync(path.join(at, 'HEAD'), 'main')],
  ['a branch outside', (at) => writeFileSync(path.join(at, 'HEAD'), 'ref: refs/../../HEAD')],
  ['a link to a device', (at) => symlinkSync('/dev/zero', path.join(at, 'HEAD'))],
  ['a folder', (at) => mkdirSync(path.join(at, 'HEAD'))],
])('headCommit is null where HEAD is %s', (_, write) => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, '.git'));
  write(path.join(folder, '.git'));
  expect(headCommit(folder)).toBeNull();
});

test('watchProject knows the commit at once, and later whether tracked files were changed', async () => {
  const folder = repository();
  const commit = head(folder);
  const clean = watchProject(folder);
  expect(clean()).toEqual({ commit, changed: null });
  await expect.poll(clean).toEqual({ commit, changed: false });
  // Neither a file that git does not know nor a new time is a change.
  const [file, text] = [path.join(folder, 'model.ts'), 'export {};\n'];
  writeFileSync(path.join(folder, 'new.ts'), '');
  writeFileSync(file, text);
  const touched = watchProject(folder);
  await expect.poll(touched).toEqual({ commit, changed: false });
  writeFileSync(file, 'export default 1;\n');
  const changed = watchProject(folder);
  await expect.poll(changed).toEqual({ commit, changed: true });
  expect(readFileSync(file, 'utf8')).toBe('export default 1;\n');
});

test('watchProject knows nothing outside of repositories', () => {
  expect(watchProject(temporaryFolder())()).toBeNull();
});
