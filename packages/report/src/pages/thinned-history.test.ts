import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { readRun } from '@convbook/run';
import { writeLongLogs, writeSyntheticRun, type LongLogs } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { describe, expect, test } from 'vitest';
import { trainingCell } from '../cells/training.ts';
import { toCompared } from './comparison/compared-run.ts';
import { curvesPart } from './comparison/curves-part.ts';

const root = temporaryDirectory();

function longRun(name: string, logs: LongLogs): string {
  const directory = writeSyntheticRun(join(root, name));
  writeLongLogs(directory, logs);
  return directory;
}

const textOf = (markup: unknown, language: 'en' | 'ko' = 'en') =>
  pageText(String(markup), language).replaceAll(/\s+/g, ' ');

describe('a run of more steps and epochs than a page has', { timeout: 120_000 }, () => {
  const run = readRun(longRun('long', { epochs: 2000, stepsPerEpoch: 10 }));

  test('the page says so, in both languages', async () => {
    const cell = await trainingCell.render(run, null, null);
    const text = textOf(cell);
    expect(text).toContain(
      'In all curves of this run’s 20,000 steps, each point is the mean of 2 steps.',
    );
    expect(text).toContain(
      '1,002 of 2,000 epochs are shown, among them the first, the last and the best.',
    );
    expect(text).toContain('its highest was 95.00% after epoch 1333');
    expect(textOf(cell, 'ko')).toContain('점 하나는 2스텝의 평균입니다.');
    expect(String(cell)).toMatch(/data-smoothing="2 /);
    expect(String(cell)).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('beside a short one the table has epochs of both', async () => {
    const short = readRun(writeSyntheticRun(join(root, 'short')));
    const markup = await curvesPart(toCompared([run, short]));
    const rows = String(markup).match(/<tr>/g)?.length ?? 0;
    expect(rows).toBe(1 + 60);
    expect(textOf(markup)).toContain('After each epoch, in every run: 60 of 2,000 rows');
    expect(String(markup)).not.toMatch(/NaN|undefined|Infinity/);
  });
});
