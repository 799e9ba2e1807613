// Results and confusions of two, some and many classes, of equal and of unequal ones.
import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { readRun, type Run } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { describe, expect, test } from 'vitest';
import type { Cell } from './cell.ts';
import { confusionCell } from './confusion.ts';
import { dataCell } from './data.ts';
import { resultCell } from './result.ts';

const root = temporaryDirectory();
function runOf(classNames: string[]): Run {
  const small = { input: [1, 6, 6], kernelSize: 3, filters: 2, testSamples: 300, logitNoise: 2 };
  return readRun(
    writeSyntheticRun(join(root, String(classNames.length)), { ...small, classNames }),
  );
}

async function markup(cell: Cell, run: Run): Promise<string> {
  const content = await cell.render(run, null, null);
  return content?.toString() ?? '';
}
const textOf = (html: string) => pageText(html).replaceAll(/\s+/g, ' ');
const numbered = (count: number, name: string) =>
  Array.from({ length: count }, (_, k) => `${name} ${k}`);

describe('the confusion matrix', () => {
  test.each([
    [2, ['cat', 'dog'], 'matrix'],
    [26, Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ'), 'matrix many'],
    [7, numbered(7, 'flower'), 'matrix turned'],
    [40, numbered(40, 'flower'), 'matrix many turned'],
  ])('of %i classes is a table', async (_, names, style) => {
    const html = await markup(confusionCell, runOf(names));
    expect(html).toContain(`<table class="${style}">`);
    expect(html).not.toContain('as a picture');
  });

  test.each([41, 200])('of %i classes is a picture, with the worst classes', async (count) => {
    const html = await markup(confusionCell, runOf(numbered(count, 'bird')));
    expect(html).not.toContain('class="matrix');
    expect(html).toMatch(new RegExp(`class="pixels tinted overview"[^>]*width="${count}"`));
    const text = textOf(html);
    expect(text).toContain(`Confusion matrix of ${count} classes over 300 test images`);
    expect(text).toContain(
      `Scores on the test images of the 20 classes with the lowest F1, of ${count}; ${count - 20} are left out`,
    );
    expect(text).toContain('More classes as a table');
  });
});

test.each([
  [2, '50.00%'],
  [26, '3.85%'],
])('of %i classes one answer for all is right %s of the time', async (count, percent) => {
  const text = textOf(await markup(resultCell, runOf(numbered(count, 'fish'))));
  expect(text).toContain(`the same class would be right ${percent} of the time at most.`);
});

test('of unequal classes the most frequent one is named, and a model that is no better', async () => {
  const run = runOf(['cat', 'dog']);
  const dataset = run.dataset && { ...run.dataset, test: { samples: 23, perClass: [17, 6] } };
  const epochs = run.epochs.map((epoch) => ({ ...epoch, testAccuracy: 17 / 23, testSamples: 23 }));
  expect(textOf(await markup(resultCell, { ...run, dataset, epochs }))).toContain(
    'Always predicting the most frequent class, cat, would be right 73.91% of the time; the model does no better.',
  );
});

test('classes of the same lowest F1 are all named', async () => {
  const run = runOf(['cat', 'dog', 'eel']);
  const labels = Uint8Array.of(0, 0, 1, 2);
  const logits = Float32Array.of(1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0);
  const evaluation = { samples: 4, classes: 3, logits, labels };
  const text = textOf(await markup(confusionCell, { ...run, evaluation, samples: null }));
  expect(text).toContain('Lowest F1, 0.0%: dog and eel.');
});

describe('the result', () => {
  const run = runOf(['cat', 'dog']);
  const withScores = (scores: object): Run => {
    const { record } = run;
    if (record.result === undefined) throw new Error('expected a complete run');
    return { ...run, record: { ...record, result: { ...record.result, ...scores } } };
  };

  test('has the scores that its record has, and says what they mean', async () => {
    const scores = { balancedAccuracy: 0.8125, macroF1: 0.7, top5Accuracy: 0.95 };
    const text = textOf(await markup(resultCell, withScores(scores)));
    expect(text).toContain('Balanced accuracy 81.25%');
    expect(text).toContain('Macro F1 70.00%');
    expect(text).toContain('Top-5 accuracy 95.00%');
    expect(text).toContain('balanced accuracy is the mean of the recall of each class');
  });

  test('has none of them where the record has none', async () => {
    const text = textOf(await markup(resultCell, run));
    expect(text).not.toMatch(/balanced|macro|top-5/i);
  });
});

test('weights of classes stand beside their counts', async () => {
  const run = runOf(['a', 'b', 'c']);
  const classWeights = [0.5, 1.25, 4];
  const data = { ...run.record.data, classWeights };
  const text = textOf(await markup(dataCell, { ...run, record: { ...run.record, data } }));
  expect(text).toContain('Weight in the loss');
  for (const weight of ['0.500', '1.250', '4.000']) expect(text).toContain(weight);
  expect(textOf(await markup(dataCell, run))).not.toContain('Weight in the loss');
});
