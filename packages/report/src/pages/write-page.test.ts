import { execFileSync } from 'node:child_process';
import {
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { writePage } from './write-page.ts';

const advice = 'train again, or restore the run directory from a copy';

test('a page that is the same already is left as it is', async () => {
  const file = join(temporaryFolder(), 'index.html');
  await writePage(file, 'page');
  const { ino } = statSync(file);
  await writePage(file, 'page');
  expect(statSync(file).ino).toBe(ino);
  await writePage(file, 'epag');
  expect(readFileSync(file, 'utf8')).toBe('epag');
});

test('a file of 3 GB is replaced without being read', async () => {
  const file = join(temporaryFolder(), 'index.html');
  writeFileSync(file, '');
  truncateSync(file, 3 * 2 ** 30);
  await writePage(file, 'page');
  expect(readFileSync(file, 'utf8')).toBe('page');
});

test('a link is refused, and nothing is written where it leads', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'index.html');
  writeFileSync(join(folder, 'target'), 'of somebody else');
  symlinkSync('target', file);
  await expect(writePage(file, 'page')).rejects.toThrow(
    new RunDirectoryError(`${file}: expected a file, got a symbolic link (ELOOP); ${advice}`),
  );
  expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('of somebody else');
  expect(readdirSync(folder).sort()).toEqual(['index.html', 'target']);
});

test('a pipe is refused and not waited for', async () => {
  const file = join(temporaryFolder(), 'index.html');
  execFileSync('mkfifo', [file]);
  await expect(writePage(file, 'page')).rejects.toThrow(
    new RunDirectoryError(`${file}: expected a file, got a folder, pipe or device; ${advice}`),
  );
});
