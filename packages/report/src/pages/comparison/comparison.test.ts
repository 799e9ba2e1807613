import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { writeSyntheticRun, type RunSettings } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import type { Evaluation } from '../../analysis/evaluation.ts';
import {
  comparisonFile,
  pairedErrors,
  readRun,
  writeComparison,
  writeNotebook,
} from '../../index.ts';

const root = temporaryDirectory();
const file = join(root, 'comparison.html');
const make = (name: string, options: Partial<RunSettings> = {}) =>
  writeSyntheticRun(join(root, name), options);
const textOf = (page: string) => pageText(page).replaceAll(/\s+/g, ' ');

async function compare(...directories: string[]) {
  return readFileSync(await writeComparison(directories, file), 'utf8');
}

test('one file has the runs, what differs, curves, classes and paired errors', async () => {
  const [a, b] = [make('plain'), make('wide', { filters: 9, logitNoise: 3 })];
  const page = await compare(a, b);
  const [first, second] = [a, b].map((path) => readRun(path).evaluation as Evaluation);
  const { onlyFirstRight, onlySecondRight, bothRight, bothWrong } = pairedErrors(first, second);
  const counts = [bothRight, onlyFirstRight.length, onlySecondRight.length, bothWrong];
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(600);
  expect(onlyFirstRight.length).toBeGreaterThan(0);
  const text = textOf(page);
  for (const title of ['The runs', 'What differs', 'Curves', 'Class by class']) {
    expect(text).toContain(title);
  }
  expect(text).toContain('model.layers 1.filters 6 9');
  expect(text).toContain(
    `both right ${counts[0]} ${((100 * counts[0]) / 600).toFixed(2)}% only A right ${counts[1]}`,
  );
  expect(text).toMatch(/B is right \d+\.\d\d percentage points less often than A/);
  expect(page.match(/<figure class="mistake">/g)?.length).toBe(
    Math.min(24, onlyFirstRight.length) + Math.min(24, onlySecondRight.length),
  );
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/https?:\/\//);
  expect(page).not.toMatch(/NaN|undefined/);
});

test('it leads to the notebooks beside it and to the list, and they to the list, where there are such', async () => {
  const [a, b] = [make('linked & a'), make('linked b')];
  const linked = async (...options: Parameters<typeof writeComparison>) =>
    [...readFileSync(await writeComparison(...options), 'utf8').matchAll(/<a href="([^#"]+)">/g)]
      .map(([, href]) => href)
      .filter((href) => !href.startsWith('data:'));
  expect(await linked([a, b], file)).toEqual([]);
  const notebook = readFileSync(await writeNotebook(a, { isListed: true }), 'utf8');
  expect(notebook).toContain('<a href="../index.html"><span lang="en">All runs</span>');
  expect(await linked([a, b], file, { isListed: true })).toEqual([
    './index.html',
    'linked%20%26%20a/index.html',
  ]);
  expect(await linked([a, b], join(b, 'comparison.html'))).toEqual([]);
  expect(readFileSync(await writeNotebook(a), 'utf8')).not.toContain('All runs');
});

test('made again it has the same bytes', async () => {
  const runs = [make('one'), make('two', { epochs: 4 })];
  expect((await compare(...runs)) === (await compare(...runs))).toBe(true);
});

test('equal runs: nothing differs, and the models are the same', async () => {
  const text = textOf(await compare(make('same'), make('equal')));
  expect(text).toContain('A and B ended with the same model, byte for byte.');
  expect(text).toContain('Nothing that decides the model differs');
  expect(text).toContain('A and B get exactly the same images right.');
  expect(text).toContain('No class differs.');
});

test('another test set, or none, is left out of the paired parts, which say so', async () => {
  const runs = [make('reference'), make('other-test', { testSamples: 500 })];
  const cut = make('cut', { status: 'interrupted', steps: 50 });
  const text = textOf(await compare(...runs, cut, make('paired', { logitNoise: 3 })));
  expect(text).toContain(
    'Left out here: B, which has a different test set from A; C, which did not finish.',
  );
  expect(text).toContain('A and D D is right');
  const alone = textOf(await compare(...runs));
  expect(alone).toContain('no other run answered the test images of the first');
  expect(alone).not.toContain('Class by class');
});

test('hostile names stay text', async () => {
  const hostile = '</script><img src=x onerror=alert(1)>';
  const options = { classNames: ['plain', hostile] };
  const page = await compare(
    make('hostile', options),
    make('hostile too', { ...options, logitNoise: 3 }),
  );
  expect(page).not.toContain('<img src=x');
  expect(textOf(page)).toContain(hostile);
});

test.each([
  [1, '--compare: expected 2 to 8 runs, got 1; name that many'],
  [9, '--compare: expected 2 to 8 runs, got 9; name that many'],
])('%i runs are refused', async (count, message) => {
  const runs = Array.from({ length: count }, (_, k) => make(`run ${k}`, { testSamples: 20 }));
  await expect(writeComparison(runs, file)).rejects.toThrow(message);
});

test('a run named twice is refused', async () => {
  const run = make('twice');
  await expect(writeComparison([run, `${run}/`], file)).rejects.toThrow(
    `--compare: expected different runs, got ${run} twice; name each once`,
  );
});

test('comparisonFile names the runs, and cuts what no file system takes', () => {
  expect(comparisonFile(['/a/first', '/b/second'])).toBe('comparison-first+second.html');
  const long = comparisonFile(['x'.repeat(200), 'y']);
  expect(long).toMatch(/^comparison-x{120}-[0-9a-f]{12}\.html$/);
});
