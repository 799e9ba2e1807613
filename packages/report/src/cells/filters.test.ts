import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { readRun, type FilterSnapshot } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { classicPatterns } from '../analysis/filter-likeness.ts';
import { expect, test } from 'vitest';
import { twinsText } from './filter-sentences.ts';
import { filtersCell } from './filters.ts';

const settings = { filters: 30, testSamples: 60 };
const run = readRun(writeSyntheticRun(join(temporaryDirectory(), 'run'), settings));

async function render(snapshots: FilterSnapshot[]): Promise<string> {
  return String(await filtersCell.render({ ...run, snapshots }, null, null));
}
const textOf = (markup: string) => pageText(markup).replaceAll(/\s+/g, ' ');

/** The trained filters, and before them weights of which the largest is this share of theirs. */
function withStart(share: number): FilterSnapshot[] {
  const after = run.snapshots[run.snapshots.length - 1];
  return [{ ...after, step: 0, weights: after.weights.map((w) => w * share) }, after];
}

test('small initial weights have a scale of their own, and the title says so', async () => {
  const markup = await render(withStart(0.05));
  expect(textOf(markup)).toContain('Before training, colours 20 times as strong');
  expect(textOf(markup)).toContain('Each has its own colour scale');
  expect(markup.match(/class="legend"/g)).toHaveLength(2);
});

test('larger ones share the scale of the trained filters', async () => {
  const text = textOf(await render(withStart(0.5)));
  expect(text).toContain('Both are on the same scale.');
  expect(text).not.toContain('times as strong');
});

test('the filters through training stand in the rows of the sheet, with its numbers', async () => {
  const [sheet, frames] = (await render(run.snapshots)).split('data-frames');
  expect(sheet.match(/--columns:(\d+)/g)).toEqual(['--columns:6', '--columns:6']);
  expect(frames).toContain('class="numbers" style="--columns:6"');
  const numbers = [...frames.matchAll(/<b>(\d+)<\/b>/g)].map(([, number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: 30 }, (_, k) => k + 1));
});

test('resemblance is given with the number before training and that of noise', async () => {
  const [before] = withStart(1);
  const patterns = classicPatterns(5, 5);
  const weights = before.weights.map((w, at) => {
    const filter = Math.floor(at / 25);
    return filter < 8 ? patterns[filter].weights[at % 25] : w;
  });
  const text = textOf(await render([before, { ...before, step: 9, weights }]));
  expect(text).toMatch(/\d+ of 30 filters reach 0.75: /);
  expect(text).toMatch(
    /Before training, (none|\d+) did\. Of 30 filters of random weights, 5×5 each, 0\.0073 would on average: here the resemblance was learned\./,
  );
  const same = textOf(await render([before, { ...before, step: 9 }]));
  expect(same).toContain('here the number says nothing about what was learned.');
});

test('filters are compared only with live ones', () => {
  const [after] = withStart(1);
  const dead = (count: number) => Array.from({ length: count }, (_, k) => k + 1);
  const text = (count: number) => twinsText(null, after, dead(count))?.en ?? null;
  expect(text(0)).toBe('No two filters are nearly the same.');
  expect(text(28)).toBe('No two of the live filters are nearly the same.');
  expect([text(29), text(30)]).toEqual([null, null]);
});
