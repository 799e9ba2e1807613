import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { readRun, type Evaluation } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { describe, expect, test } from 'vitest';
import { toldSuspects } from '../analysis/label-suspects.ts';
import { mistakesCell } from './mistakes.ts';

const root = temporaryDirectory();

async function render(name: string, options: Parameters<typeof writeSyntheticRun>[1]) {
  const run = readRun(writeSyntheticRun(join(root, name), options));
  const cell = String(await mistakesCell.render(run, null, null));
  return { run, cell, text: pageText(cell).replaceAll(/\s+/g, ' ') };
}

const cards = (markup: string) => markup.match(/<figure class="mistake">/g)?.length ?? 0;

// 400,000 bytes hold 14 of the small images and more, and 9 of the large.
test.each<[number, number[]]>([
  [14, [1, 28, 28]],
  [9, [3, 120, 120]],
])('the %i worst mistakes stand there without a script, of images of %j', async (count, input) => {
  const { cell, text } = await render(input.join('-'), {
    input,
    filters: 2,
    logitNoise: 3,
    testSamples: 150,
  });
  const [before] = cell.split('data-image-browser');
  expect(cards(before)).toBe(count);
  expect(text).toMatch(new RegExp(`The ${count} worst of \\d+ mistakes`));
});

test('every picture leads to its image', async () => {
  const { cell } = await render('links', { logitNoise: 3 });
  const links = cell.match(/<a class="image-link" href="#image=(\d+)" data-image="\1">\s*<img/g);
  expect(links).toHaveLength(cards(cell));
});

describe('labels to look at again', () => {
  test('are a row of cards, and a table in a fold', async () => {
    const { run, cell, text } = await render('suspects', { testSamples: 900, logitNoise: 3 });
    const told = run.evaluation && toldSuspects(run.evaluation);
    const found = told?.kind === 'told' ? told.suspects : [];
    expect(found.length).toBeGreaterThan(7);
    const [, after] = cell.split('confident learning');
    const [row, fold] = after.split('<details');
    expect(cards(row)).toBe(7);
    expect(row).toContain(`data-image="${found[0].index}"`);
    expect(fold.match(/<th scope="row"/g)).toHaveLength(Math.min(50, found.length));
    expect(text).toContain(`This holds for ${found.length} test images.`);
  });

  test('cannot be told where the model guesses or has few images of each class', async () => {
    const { run, text } = await render('few', { testSamples: 150, logitNoise: 3 });
    expect(text).toContain('that takes two classes that it recognizes, with at least 20 test');
    expect(text).not.toContain('is suspect');
    const evaluation = run.evaluation as Evaluation;
    const labels = evaluation.labels.map((label) => (label + 1) % 10);
    const guessing = { ...run, evaluation: { ...evaluation, labels } };
    const other = pageText(String(await mistakesCell.render(guessing, null, null)));
    expect(other).toMatch(/it is not shown to do better than always predicting \d\./);
    expect(other).not.toContain('is suspect');
  });

  test('are not spoken of where there are none', async () => {
    const { text } = await render('certain', { logitNoise: 0 });
    expect(text).not.toContain('suspect');
  });
});

test('a model without mistakes has a way to every image, too', async () => {
  const { cell, text } = await render('perfect', { testSamples: 300, logitNoise: 0 });
  expect(text).toContain('The model classifies all 300 test images correctly.');
  expect(cell).toMatch(/<option value="all" selected/);
  expect(cards(cell)).toBe(0);
});
