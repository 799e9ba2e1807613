import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { marksOf, recall, remember } from './known-sources.mjs';

const temporary = mkdtempSync(path.join(tmpdir(), 'known-sources-'));
afterAll(() => rmSync(temporary, { recursive: true }));

/** A folder with two sources, and the memory of their bundle. */
async function remembered(name: string): Promise<string> {
  const folder = path.join(temporary, name);
  mkdirSync(folder);
  const files = ['a.ts', 'b.ts'].map((source) => path.join(folder, source));
  for (const file of files) writeFileSync(file, 'one');
  // Just written: the next change might have the same times.
  expect(marksOf(files)).toBeNull();
  const marks = await vi.waitUntil(() => marksOf(files), { timeout: 60_000 });
  remember(folder, { name: 'bundle', marks });
  return folder;
}

test.concurrent.each<[string, (folder: string) => void]>([
  ['other bytes of the same size and time', (folder) => rewrite(path.join(folder, 'a.ts'))],
  ['another size', (folder) => writeFileSync(path.join(folder, 'b.ts'), 'three')],
  ['the time alone, as after a checkout', (folder) => utimesSync(path.join(folder, 'a.ts'), 1, 1)],
  ['a source that is gone', (folder) => rmSync(path.join(folder, 'b.ts'))],
  ['a memory that is cut', (folder) => writeFileSync(path.join(folder, 'sources.json'), '{ "na')],
  ['no memory', (folder) => rmSync(path.join(folder, 'sources.json'))],
])('forgets the bundle: %s', async (name, change) => {
  const folder = await remembered(name);
  expect(recall(folder)).toBe('bundle');
  change(folder);
  expect(recall(folder)).toBeNull();
});

function rewrite(file: string): void {
  const { atime, mtime } = statSync(file);
  writeFileSync(file, 'two');
  utimesSync(file, atime, mtime);
}

test('remembers nothing where it cannot write, and leaves nothing behind', () => {
  const folder = path.join(temporary, 'taken');
  mkdirSync(path.join(folder, 'sources.json', 'inside'), { recursive: true });
  remember(folder, { name: 'bundle', marks: {} });
  expect(readdirSync(folder)).toEqual(['sources.json']);
});
