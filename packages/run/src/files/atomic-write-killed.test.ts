// The files on the disk before each system call that replaces a file: a process may end there.
import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folders.ts';
import { fileCalls, writeFileAtomic } from './atomic-write.ts';

test('before each call the file is whole: the old one until it is renamed, then the new one', async () => {
  const file = path.join(temporaryFolder(), 'file');
  await writeFileAtomic(file, 'old');
  const seen: string[] = [];
  await writeFileAtomic(file, 'new', {
    before: (call) => seen.push(`${call}: ${readFileSync(file, 'utf8')}`),
  });
  const old = fileCalls.slice(0, -1).map((call) => `${call}: old`);
  expect(seen).toEqual([...old, 'sync folder: new', 'done: new']);
});

test.each([
  ['other bytes when read back', (file: string) => writeFileSync(file, 'nEw')],
  ['another size when read back', (file: string) => appendFileSync(file, '!')],
  ['another size when read back', (file: string) => truncateSync(file, 2)],
])('what reads back otherwise, with %s, does not replace the file', async (what, damage) => {
  const file = path.join(temporaryFolder(), 'file');
  await writeFileAtomic(file, 'old');
  const damaged = writeFileAtomic(file, 'new', {
    before(call) {
      if (call === 'read') damage(`${file}.tmp`);
    },
  });
  await expect(damaged).rejects.toThrow(
    new RunDirectoryError(
      `${file}: cannot be written, got ${what}; free space or mend permissions`,
    ),
  );
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(existsSync(`${file}.tmp`)).toBe(false);
});
