import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readRun } from './read-run.ts';
import { temporaryDirectory } from './testing/folders.ts';
import { writeSyntheticRun } from './testing/synthetic-run.ts';
import { bestEpochOf, writeLongLogs, type LongLogs } from './testing/write-long-logs.ts';

const root = temporaryDirectory();

function longRun(name: string, logs: LongLogs): string {
  const directory = writeSyntheticRun(join(root, name));
  writeLongLogs(directory, logs);
  return directory;
}

test('a log of 45 MB is read with a heap of 64', { timeout: 120_000 }, () => {
  const directory = longRun('heavy', { epochs: 2000, stepsPerEpoch: 130 });
  expect(statSync(join(directory, 'metrics.ndjson')).size).toBeGreaterThan(40e6);
  const script = fileURLToPath(new URL('./testing/read-long-run.ts', import.meta.url));
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

test('a long run has the first, the last and the best epoch, and the facts of all', () => {
  const epochs = 2000;
  const run = readRun(longRun('long', { epochs, stepsPerEpoch: 10 }));
  const numbers = run.epochs.map(({ epoch }) => epoch);
  expect([numbers[0], numbers.at(-1)]).toEqual([1, epochs]);
  expect(numbers).toContain(bestEpochOf(epochs));
  expect(run).toMatchObject({ stepCount: 20_000, stepsPerPoint: 2, epochCount: epochs });
});
