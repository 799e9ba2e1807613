import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { writeNotebook, writeRunsIndex } from '../index.ts';

const root = temporaryDirectory();

test('writeRunsIndex lists complete, unfinished and unreadable runs, and nothing else', async () => {
  await writeNotebook(writeSyntheticRun(join(root, 'first run')));
  writeSyntheticRun(join(root, 'second'), { status: 'interrupted', steps: 9 });
  mkdirSync(join(root, 'broken'));
  writeFileSync(join(root, 'broken', 'run.json'), '{');
  mkdirSync(join(root, 'not a run'));
  writeFileSync(join(root, 'README.md'), '');
  writeFileSync(join(root, 'comparison-first run+<b>.html'), '');
  writeFileSync(join(root, 'comparison.txt'), '');

  const page = readFileSync(await writeRunsIndex(root), 'utf8');
  const rows = [...page.matchAll(/<tr>.*?<\/tr>/gs)].map(([row]) =>
    pageText(row).replaceAll(/\s+/g, ' ').trim(),
  );
  expect(rows.slice(1)).toEqual([
    'first run simple-convnet mnist 97.67% 52 s 10,842 2025-11-22 09:53',
    'second interrupted simple-convnet mnist – – – 2025-11-22 09:53',
    '– broken cannot be read – – – – – –',
  ]);
  expect(page).toContain('href="first%20run/index.html"');
  expect(page.match(/<li>.*?<\/li>/gs)).toEqual([
    '<li><a href="comparison-first%20run%2B%3Cb%3E.html">first run+&lt;b&gt;</a></li>',
  ]);
  expect(page.match(/class="pixels tinted thumbnail"/g)).toHaveLength(2);
});

test('writeRunsIndex of an empty directory says how to make a run', async () => {
  const empty = join(root, 'empty');
  mkdirSync(empty);
  const page = readFileSync(await writeRunsIndex(empty), 'utf8');
  expect(pageText(page)).toContain('There are no runs yet. Make one with pnpm train.');
});
