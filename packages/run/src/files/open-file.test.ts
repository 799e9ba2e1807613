import { execFileSync } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folders.ts';
import { fileSize, openHandle, openToWrite } from './open-file.ts';

const advice = 'train again, or restore the run directory from a copy';
const special: [string, (file: string) => void, string][] = [
  ['a pipe', (file) => execFileSync('mkfifo', [file]), 'a folder, pipe or device'],
  ['a link', (file) => symlinkSync('target', file), 'a symbolic link (ELOOP)'],
  ['a link to nothing', (file) => symlinkSync('nothing', file), 'a symbolic link (ELOOP)'],
  ['a link to itself', (file) => symlinkSync('file', file), 'a symbolic link (ELOOP)'],
];

function placed(put: (file: string) => void) {
  const folder = temporaryFolder();
  const [file, target] = [path.join(folder, 'file'), path.join(folder, 'target')];
  writeFileSync(target, 'of somebody else');
  put(file);
  return { file, target };
}

describe.each(special)('%s in a file’s place', (_, put, got) => {
  test('is refused by readers and writers, and its target stays', async () => {
    const { file, target } = placed(put);
    const error = new RunDirectoryError(`${file}: expected a file, got ${got}; ${advice}`);
    expect(() => fileSize(file)).toThrow(error);
    await expect(openHandle(file)).rejects.toThrow(error);
    expect(() => openToWrite(file, true)).toThrow(error);
    expect(readFileSync(target, 'utf8')).toBe('of somebody else');
  });
});

test('a folder in a file’s place is refused by readers', async () => {
  const { file } = placed((path) => mkdirSync(path));
  const error = new RunDirectoryError(
    `${file}: expected a file, got a folder, pipe or device; ${advice}`,
  );
  expect(() => fileSize(file)).toThrow(error);
  await expect(openHandle(file)).rejects.toThrow(error);
});

test('a file with a second name is read, and not written', () => {
  const { file, target } = placed((path) => linkSync(path.replace(/file$/, 'target'), path));
  expect(fileSize(file)).toBe('of somebody else'.length);
  expect(() => openToWrite(file, true)).toThrow(
    new RunDirectoryError(
      `${file}: expected a file with one name, got a hard link; put a copy of the file in its place`,
    ),
  );
  expect(readFileSync(target, 'utf8')).toBe('of somebody else');
});

test('a file that is missing has no size and no handle; a writer may create it', async () => {
  const file = path.join(temporaryFolder(), 'file');
  expect(fileSize(file)).toBe(null);
  expect(await openHandle(file)).toBe(null);
  closeSync(openToWrite(file, true));
  expect(fileSize(file)).toBe(0);
});
