import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lessonTitles } from '@convbook/page';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { writeNotebook, writeRunsIndex } from '../index.ts';

const root = temporaryDirectory();
const run = writeSyntheticRun(join(root, 'run'));

const linksOf = (page: string) =>
  [...page.matchAll(/href="([^"]*lessons\/index\.html[^"]*)"/g)].map(([, address]) => address);

async function pages() {
  const notebook = readFileSync(await writeNotebook(run, { isListed: true }), 'utf8');
  const list = readFileSync(await writeRunsIndex(root), 'utf8');
  return { notebook: linksOf(notebook), list: linksOf(list) };
}

test('a notebook and the list of runs lead to the lessons where the book is beside them', async () => {
  expect(await pages()).toEqual({ notebook: [], list: [] });
  mkdirSync(join(root, 'lessons'));
  writeFileSync(join(root, 'lessons', 'index.html'), '');
  const { notebook, list } = await pages();
  expect(list).toEqual(['./lessons/index.html']);
  expect(notebook).toContain('../lessons/index.html#filters-by-hand');
  const anchors = notebook.map((address) => address.split('#')[1]);
  expect(anchors.length).toBeGreaterThan(10);
  for (const anchor of anchors) expect(lessonTitles).toHaveProperty(anchor);
  const alone = readFileSync(await writeNotebook(run), 'utf8');
  expect(linksOf(alone)).toEqual([]);
});
