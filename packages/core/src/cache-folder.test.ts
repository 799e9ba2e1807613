import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { cacheFolder } from './cache-folder.mjs';

const root = mkdtempSync(path.join(tmpdir(), 'convbook-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

// Below a file nothing can be written, by root either.
const unwritable = path.join(fileURLToPath(import.meta.url), 'cache');
const own = `convbook-cache-${process.getuid?.() ?? 'user'}`;

/** The folder that a process with temporary files in `folder` takes instead of one it cannot write. */
function instead(folder: string): string {
  const module = new URL('cache-folder.mjs', import.meta.url).href;
  const code = `import { cacheFolder } from ${JSON.stringify(module)};
    try { process.stdout.write(cacheFolder(${JSON.stringify(unwritable)})); }
    catch ({ message, exitCode }) { process.stdout.write(exitCode + ' ' + message); }`;
  const words = ['--input-type=module', '--eval', code];
  const env = { ...process.env, TMPDIR: folder };
  return execFileSync(process.execPath, words, { env, encoding: 'utf8' });
}

function temporaryFiles(name: string): string {
  const folder = path.join(root, name);
  mkdirSync(folder);
  return folder;
}

test('is with the installation where that can be written', () => {
  const preferred = path.join(root, 'installation', 'cache');
  expect(cacheFolder(preferred)).toBe(preferred);
  expect(statSync(preferred).isDirectory()).toBe(true);
});

test('is else a folder of the user’s own, always the same', () => {
  const folder = temporaryFiles('own');
  const first = instead(folder);
  expect(path.dirname(first)).toBe(path.join(folder, own));
  expect(statSync(path.join(folder, own)).mode & 0o777).toBe(0o700);
  expect(instead(folder)).toBe(first);
});

test.each([
  ['others may write', (folder: string) => (mkdirSync(folder), chmodSync(folder, 0o777))],
  ['is a link', (folder: string) => symlinkSync('/tmp', folder)],
])('is one that passes where that folder %s', (name, put) => {
  const folder = temporaryFiles(name);
  put(path.join(folder, own));
  expect(path.dirname(path.dirname(instead(folder)))).toBe(folder);
  expect(path.basename(path.dirname(instead(folder)))).not.toBe(own);
});

test('is refused with one line where nothing can be written', () => {
  const folder = path.join(root, 'missing');
  expect(instead(folder)).toBe(
    `2 cache: expected ${unwritable} or ${folder} to be a folder that can be written, got ENOENT; set TMPDIR to one`,
  );
});
