// Two trainings, and one run directory or one moment.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { resume } from './resume.ts';
import { tinyData, tinyModel } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

const data = tinyData(12, 5);
const tiny: TrainOptions = { model: tinyModel, data, workers: 0, epochs: 1, batchSize: 4 };

test('runs that begin in one second have directories of their own', async () => {
  const reports = path.join(temporaryFolder(), 'reports');
  const runs = await Promise.all([1, 2, 3].map((seed) => train({ ...tiny, seed, reports })));
  const names = readdirSync(reports);
  expect(runs.map(({ directory }) => path.basename(directory)).sort()).toEqual(names.sort());
  expect(names).toHaveLength(3);
  expect(runs.map(({ record }) => record.configuration.seed)).toEqual([1, 2, 3]);
});

test('a run that goes on is not resumed, and ends as if nobody had tried', async () => {
  const out = path.join(temporaryFolder(), 'run');
  let resumed: Promise<unknown> = Promise.resolve();
  const { record } = await train({
    ...tiny,
    out,
    onStart(_, directory) {
      resumed = resume(directory, { workers: 0, chooseData: () => data });
      resumed.catch(() => undefined);
    },
  });
  await expect(resumed).rejects.toThrow(
    `${out}: expected no other process at this run, got process ${process.pid} on `,
  );
  await expect(resumed).rejects.toMatchObject({ exitCode: 5 });
  expect(record.status).toBe('complete');
  expect(existsSync(path.join(out, 'lock'))).toBe(false);
});

test('a run that failed or was interrupted has no lock', async () => {
  const out = path.join(temporaryFolder(), 'run');
  const failed = train({
    ...tiny,
    out,
    onStart() {
      throw new Error('no');
    },
  });
  await expect(failed).rejects.toThrow(new Error('no'));
  expect(existsSync(path.join(out, 'lock'))).toBe(false);
  const signal = AbortSignal.abort();
  await resume(out, { workers: 0, chooseData: () => data, signal });
  expect(existsSync(path.join(out, 'lock'))).toBe(false);
});

test('the lock of a process that was killed when the run was complete goes with a resume', async () => {
  const out = path.join(temporaryFolder(), 'run');
  const lock = path.join(out, 'lock');
  let own = '';
  await train({ ...tiny, out, onStart: () => (own = readFileSync(lock, 'utf8')) });
  const { pid: endedProcess } = spawnSync(process.execPath, ['--version']);
  writeFileSync(lock, own.replace(`"process": ${process.pid}`, `"process": ${endedProcess}`));
  await resume(out, { workers: 0, chooseData: () => data });
  expect(existsSync(lock)).toBe(false);
});

test('two that are given one empty folder: one trains', async () => {
  const out = path.join(temporaryFolder(), 'run');
  mkdirSync(out);
  const ended = await Promise.allSettled([1, 2].map((seed) => train({ ...tiny, seed, out })));
  expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = ended.find((one) => one.status === 'rejected');
  expect(refused?.reason).toMatchObject({ exitCode: expect.any(Number) as number });
});
