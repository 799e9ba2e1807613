import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { trainingCell } from '../cells/training.ts';
import { curvesPart } from '../compare/curves-part.ts';
import { toCompared } from '../compare/compared-run.ts';
import { pageText } from '../testing/page-text.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { bestEpochOf, writeLongLogs, type LongLogs } from '../testing/write-long-logs.ts';
import { readRun } from './read-run.ts';

const root = temporaryDirectory();

function longRun(name: string, logs: LongLogs): string {
  const directory = writeSyntheticRun(join(root, name));
  writeLongLogs(directory, logs);
  return directory;
}

const textOf = (markup: unknown, language: 'en' | 'ko' = 'en') =>
  pageText(String(markup), language).replaceAll(/\s+/g, ' ');

test('a log of 45 MB is read with a heap of 64', { timeout: 120_000 }, () => {
  const directory = longRun('heavy', { epochs: 2000, stepsPerEpoch: 130 });
  expect(statSync(join(directory, 'metrics.ndjson')).size).toBeGreaterThan(40e6);
  const script = fileURLToPath(new URL('../testing/read-long-run.ts', import.meta.url));
  const flags = ['--max-old-space-size=64', '--import', 'tsx'];
  const found = execFileSync(process.execPath, [...flags, script, directory], { encoding: 'utf8' });
  expect(JSON.parse(found)).toEqual({
    points: 16_250,
    stepsPerPoint: 16,
    stepCount: 260_000,
    epochs: 1002,
    epochCount: 2000,
  });
});

describe('a run of more steps and epochs than a page has', { timeout: 120_000 }, () => {
  const epochs = 2000;
  const run = readRun(longRun('long', { epochs, stepsPerEpoch: 10 }));

  test('has the first, the last and the best epoch, and the facts of all', () => {
    const numbers = run.epochs.map(({ epoch }) => epoch);
    expect([numbers[0], numbers.at(-1)]).toEqual([1, epochs]);
    expect(numbers).toContain(bestEpochOf(epochs));
    expect(run).toMatchObject({ stepCount: 20_000, stepsPerPoint: 2, epochCount: epochs });
  });

  test('the page says so, in both languages', async () => {
    const cell = await trainingCell.render(run, null, null);
    const text = textOf(cell);
    expect(text).toContain(
      'In all curves of this run’s 20,000 steps each point is the mean of 2 steps.',
    );
    expect(text).toContain(
      'Of 2,000 epochs 1,002 are shown, among them the first, the last and the best.',
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
