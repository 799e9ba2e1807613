// Runs of more steps, epochs and classes than a page can show: thinned, and said so.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { writeSyntheticRun, type RunSettings } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeComparison, writeNotebook } from './write-page.ts';

const root = temporaryDirectory();
const largestPage = 3_000_000;

function write(name: string, options: Partial<RunSettings>): string {
  return writeSyntheticRun(join(root, name), options);
}

async function notebookOf(name: string, options: Partial<RunSettings>): Promise<string> {
  return readFileSync(await writeNotebook(write(name, options)), 'utf8');
}

function textOf(page: string): string {
  return pageText(page).replaceAll(/\s+/g, ' ');
}

test('200,000 steps have a notebook of bounded size', { timeout: 240_000 }, async () => {
  const page = await notebookOf('steps', { epochs: 5, stepsPerEpoch: 40_000 });
  expect(page.length).toBeLessThan(largestPage);
  expect(page).toContain('Line chart of the loss over 200,000 steps');
});

describe('3,000 epochs', () => {
  const epochs = { epochs: 3000, stepsPerEpoch: 2 };
  let page: string;
  beforeAll(async () => {
    page = await notebookOf('epochs', epochs);
  });

  test('have a notebook of bounded size', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(largestPage);
  });

  test('charts and tables show some of them, and say so', () => {
    const text = textOf(page);
    expect(text).toContain('After 60 of 3,000 epochs: the first, the last, those with the highest');
    expect(text).toContain('others evenly spaced; 2,940 are left out');
    expect(text).toContain('of neighbouring ones only the lowest and the highest value are drawn');
    expect(text).toContain('31 of 3,001 snapshots are shown.');
    expect(page).toContain('전체 3,000에폭 중 60에폭이 끝난 뒤');
  });

  test('the table has the first and the last epoch', () => {
    const [table] = /<caption>\s*<span><span lang="en">After 60 of.*?<\/table>/s.exec(page) ?? [''];
    const shown = [...table.matchAll(/<th scope="row" >(\d+)<\/th>/g)].map(([, epoch]) => epoch);
    expect(shown.length).toBe(60);
    expect([shown[0], shown[59]]).toEqual(['1', '3000']);
  });

  test('are compared on a page of bounded size', async () => {
    const others = ['epochs', 'others'].map((name, k) =>
      k === 0 ? join(root, name) : write(name, { ...epochs, logitNoise: 3 }),
    );
    const compared = readFileSync(
      await writeComparison(others, join(root, 'compare.html')),
      'utf8',
    );
    expect(Buffer.byteLength(compared)).toBeLessThan(largestPage);
    expect(textOf(compared)).toContain(
      'After 60 of 3,000 epochs, in every run; 2,940 are left out',
    );
  });
});

test('5,000 classes: the worst, the most frequent and the rarest, and it says how many', async () => {
  const classNames = Array.from({ length: 5000 }, (_, k) => `class ${k}`);
  const page = await notebookOf('classes', {
    classNames,
    testSamples: 512,
    logitNoise: 1,
    input: [1, 4, 4],
    kernelSize: 3,
  });
  expect(Buffer.byteLength(page)).toBeLessThan(7_000_000);
  const text = textOf(page);
  expect(text).toContain(
    'Scores on the test images of the 100 classes with the lowest F1, of 5,000; 4,900 are left out',
  );
  expect(text).toContain(
    'Images of the 50 classes with the most and the 50 with the fewest training images, of 5,000; 4,900 are left out',
  );
  expect(text).toContain('100 of 5,000 classes are shown, evenly spaced.');
  expect(text).toContain('The most frequent confusions');
});
