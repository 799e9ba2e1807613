import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { createGrowingPage } from './growing-page.ts';

const root = temporaryDirectory();
const begun = (name: string) =>
  writeSyntheticRun(join(root, name), { status: 'running', steps: 50 });

function grow(directory: string): void {
  const event = { event: 'step', step: 51, epoch: 2, samples: 100, loss: 0.5, correct: 90 };
  const line = JSON.stringify({ ...event, learningRate: 0.001, gradientNorm: 1 });
  appendFileSync(join(directory, 'metrics.ndjson'), `${line}\n`);
}

const textOf = (bytes: Buffer | null) => pageText(bytes?.toString() ?? '').replaceAll(/\s+/g, ' ');

test('is made anew only where the run has grown', async () => {
  const directory = begun('growing');
  const page = createGrowingPage(directory, { restPerWork: 0 });
  expect(page.bytes).toBe(null);
  expect(await page.refresh()).toBe(true);
  expect(textOf(page.bytes)).toContain('finished step 50 of 120');
  expect(await page.refresh()).toBe(false);
  grow(directory);
  expect(await page.refresh()).toBe(true);
  expect(textOf(page.bytes)).toContain('finished step 51 of 120');
});

test('whoever asks while it is made gets that one', async () => {
  const page = createGrowingPage(begun('asked'), { restPerWork: Infinity });
  const [first, second] = [page.refresh(), page.refresh()];
  expect(page.bytes).toBe(null);
  await first;
  const made = page.bytes;
  expect(await second).toBe(true);
  expect(page.bytes).toBe(made);
});

test('rests after it was made, whoever asks', async () => {
  const directory = begun('resting');
  const page = createGrowingPage(directory, { restPerWork: Infinity });
  await page.refresh();
  grow(directory);
  expect(await page.refresh()).toBe(false);
  expect(textOf(page.bytes)).toContain('finished step 50 of 120');
});

test.each([
  // The system refuses a link, whatever the run writes.
  ['a link to itself', (file: string) => symlinkSync(file, file), 1, 'ELOOP'],
  ['a folder', (file: string) => mkdirSync(file), 0, 'expected a file, got a folder'],
])('where the log becomes %s the page stays, then grows', async (name, put, defects, problem) => {
  const directory = begun(name);
  const file = join(directory, 'metrics.ndjson');
  const seen: unknown[] = [];
  const page = createGrowingPage(directory, {
    restPerWork: 0,
    onDefect: (error) => seen.push(error),
  });
  await page.refresh();
  const before = page.bytes;
  renameSync(file, `${file}.kept`);
  put(file);
  expect(await page.refresh()).toBe(false);
  expect(page.bytes).toBe(before);
  expect(page.problem).toContain(problem);
  expect(seen).toHaveLength(defects);
  rmSync(file, { recursive: true });
  renameSync(`${file}.kept`, file);
  grow(directory);
  expect(await page.refresh()).toBe(true);
  expect(page.problem).toBe(null);
  expect(textOf(page.bytes)).toContain('finished step 51 of 120');
});
