import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { readRun, type Run } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { renderNotebook } from '../pages/notebook.ts';

const run = readRun(writeSyntheticRun(join(temporaryDirectory(), 'my run')));

async function pageOf(changes: Partial<Run['record']['model']>, isDone = true) {
  const { result, ...record } = run.record;
  const model = { ...record.model, ...changes };
  const done = isDone && result ? { result } : {};
  return renderNotebook({ ...run, record: { ...record, model, ...done } });
}

test('a model over the limit says in each live cell what is left out, how to have it and what it weighs', async () => {
  const page = await pageOf({ parameters: 3_000_000 });
  const cells = page
    .split('<section class="cell"')
    .filter((cell) => /id="(try-it|pixel)"/.test(cell));
  expect(cells.length).toBe(2);
  for (const cell of cells) {
    const text = pageText(`<section ${cell}`).replaceAll(/\s+/g, ' ');
    expect(text).toContain('Left out of this page.');
    expect(text).toContain(
      'whose 3,000,000 parameters take 11 MiB; above 4.0 MiB it does so only if asked, and then weighs about 15 MiB more',
    );
    expect(text).toContain("pnpm report 'my run' --live-weights");
  }
  expect(page).not.toContain('id="live-data"');
});

test.each([
  ['within the limit', {}, true],
  ['without a result', { parameters: 3_000_000 }, false],
  ['of channels that no image file has', { parameters: 3_000_000, input: [6, 28, 28] }, true],
])('a model %s has no such note', async (_, changes, isDone) => {
  expect(await pageOf(changes, isDone)).not.toContain('Left out of this page');
});
