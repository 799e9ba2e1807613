import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dataKind } from './data-kind.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'convbook-kind-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['nothing', [], 'pictures'],
  ['hidden files', ['.DS_Store'], 'pictures'],
  ['pictures and no folder', ['a.JPG', 'notes.txt'], 'pictures'],
  ['a folder', ['cat/1.png'], 'pictures'],
  ['a list', ['Labels.csv'], 'pictures'],
  ['an IDX file beside a picture', ['a.png', 'train-images-idx3-ubyte'], 'idx'],
  ['no picture', ['notes.txt'], 'idx'],
])('a folder with %s', (_, files, kind) => {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  expect(dataKind(folder)).toBe(kind);
});
