import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { writeExport } from './write-export.ts';

const bytes = Uint8Array.from([1, 2, 3]);
const one = [{ path: '', bytes }];
const two = [
  { path: 'a.txt', bytes },
  { path: 'deep/b.txt', bytes },
];

test('writes a file, or the files of a folder, and the same ones again', async () => {
  const folder = temporaryFolder();
  for (const mayReplace of [false, false, true]) {
    await writeExport(one, { place: path.join(folder, 'new', 'file'), mayReplace });
    await writeExport(two, { place: path.join(folder, 'all'), mayReplace });
  }
  expect([...readFileSync(path.join(folder, 'new', 'file'))]).toEqual([1, 2, 3]);
  expect([...readFileSync(path.join(folder, 'all', 'deep', 'b.txt'))]).toEqual([1, 2, 3]);
});

test('a file that was changed is replaced only if told to; other files stay', async () => {
  const place = temporaryFolder();
  const changed = path.join(place, 'deep', 'b.txt');
  mkdirSync(path.dirname(changed));
  writeFileSync(changed, 'mine');
  writeFileSync(path.join(place, 'other'), 'stays');
  await expect(writeExport(two, { place, mayReplace: false })).rejects.toThrow(
    `--out: expected a place that is free, got another file at ${changed}; name another place, or add --force to replace it`,
  );
  expect(existsSync(path.join(place, 'a.txt'))).toBe(false);
  await writeExport(two, { place, mayReplace: true });
  expect([...readFileSync(changed)]).toEqual([1, 2, 3]);
  expect(readFileSync(path.join(place, 'other'), 'utf8')).toBe('stays');
});

test.each([
  [
    'a folder in the place of a file',
    'folder',
    one,
    /expected a file, or none yet, got a folder at/,
  ],
  ['a link', 'link', one, /expected a file, or none yet, got a link at/],
  ['a device', 'devices/null', one, /expected a file, or none yet, got something else at/],
  ['a file in the place of a folder', 'file', two, /expected a folder, got a file at/],
  ['a file above the folder', 'file/deeper', two, /expected a folder, got a file at/],
  [
    'the folder of a run',
    'run',
    two,
    /expected a place outside of runs, or export\/ in one, got the/,
  ],
  [
    'a file of a run',
    'run/model.safetensors',
    one,
    /expected a place outside of runs, or export\//,
  ],
])('%s is refused, whatever may be replaced', async (_, name, files, message) => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'folder'));
  mkdirSync(path.join(folder, 'run'));
  writeFileSync(path.join(folder, 'run', 'run.json'), '{}');
  writeFileSync(path.join(folder, 'file'), 'x');
  symlinkSync('file', path.join(folder, 'link'));
  symlinkSync('/dev', path.join(folder, 'devices'));
  const target = { place: path.join(folder, name), mayReplace: true };
  await expect(writeExport(files, target)).rejects.toThrow(message);
});

test('a folder that cannot be made is named', async () => {
  const target = { place: '/proc/convbook/out', mayReplace: false };
  await expect(writeExport(one, target)).rejects.toThrow(
    /^\/proc\/convbook: cannot be written, got ENOENT; /,
  );
});
