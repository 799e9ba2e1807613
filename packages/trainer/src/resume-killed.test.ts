// Runs whose process ended at a bad moment, as it leaves the files: resumed, they come out whole.
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { resume } from './resume.ts';
import { temporaryFolder } from './testing/folder.ts';
import { hashesOf, recordOf, tensorsOf } from './testing/run-files.ts';
import { tinyData, tinyModel } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

const data = tinyData(20, 5);
const base = { model: tinyModel, data, batchSize: 4, epochs: 2, validation: 4, workers: 0 };
const chooseData = () => data;

async function complete(options: Partial<TrainOptions> = {}): Promise<string> {
  const out = path.join(temporaryFolder(), 'run');
  await train({ ...base, ...options, out });
  return out;
}

/** What `run.json` is until the end. */
function markRunning(directory: string): void {
  const { result: _, ...record } = recordOf(directory);
  const text = JSON.stringify({ ...record, status: 'running' });
  writeFileSync(path.join(directory, 'run.json'), text);
}

describe('a run killed', () => {
  test('before dataset.json and the first checkpoint begins again', async () => {
    const out = await complete();
    const expected = hashesOf(out);
    markRunning(out);
    for (const name of ['dataset.json', 'checkpoints', 'snapshots', 'metrics.ndjson']) {
      rmSync(path.join(out, name), { recursive: true });
    }
    for (const name of ['checkpoints', 'snapshots']) mkdirSync(path.join(out, name));
    await resume(out, { chooseData, workers: 0 });
    expect(hashesOf(out)).toEqual(expected);
  });

  test('after the last checkpoint, before the result, knows its training loss', async () => {
    const out = await complete();
    const [expected, { result }] = [hashesOf(out), recordOf(out)];
    markRunning(out);
    rmSync(path.join(out, 'model.safetensors'));
    await resume(out, { chooseData, workers: 0 });
    expect(hashesOf(out)).toEqual(expected);
    const { trainLoss, trainAccuracy, testLoss, modelSha256 } = result ?? {};
    expect(recordOf(out)).toMatchObject({
      status: 'complete',
      result: { trainLoss, trainAccuracy, testLoss, modelSha256, steps: 8, epochs: 2 },
    });
  });

  test('within a line of timing.ndjson: the line is dropped, what was before it stays', async () => {
    const out = await complete();
    markRunning(out);
    const file = path.join(out, 'timing.ndjson');
    const before = readFileSync(file, 'utf8');
    appendFileSync(file, '{"event":"prog');
    await resume(out, { chooseData, workers: 0 });
    const after = readFileSync(file, 'utf8');
    expect(after.startsWith(`${before}{"event":"start"`)).toBe(true);
    for (const line of after.trimEnd().split('\n')) JSON.parse(line);
  });

  test('with temporary files about: none is left in the end', async () => {
    const out = await complete();
    const expected = hashesOf(out);
    markRunning(out);
    const names = ['run.json', 'model.safetensors', 'samples.safetensors', 'dataset.json'];
    rmSync(path.join(out, 'checkpoints/last.safetensors'));
    for (const name of [...names, 'checkpoints/last.safetensors', 'checkpoints/best.safetensors']) {
      writeFileSync(path.join(out, `${name}.tmp`), 'half');
    }
    await resume(out, { chooseData, workers: 0 });
    expect(hashesOf(out)).toEqual(expected);
  });

  test.each([
    ['before', (stop: () => void) => stop()],
    ['in', (stop: () => void) => setImmediate(stop)],
  ])('after a signal %s an evaluation goes on from the step before it', async (_when, send) => {
    // On this thread, and so many images that the event loop has turns before all are evaluated.
    const slow = { data: tinyData(20, 20_000) };
    const [out, copy] = [temporaryFolder(), temporaryFolder()];
    const controller = new AbortController();
    const onEvent: TrainOptions['onEvent'] = (event) => {
      if (event.event === 'step' && event.step === 4) send(() => controller.abort());
      // Its checkpoint of the epoch's end is not written yet.
      if (event.event === 'epoch') cpSync(out, copy, { recursive: true });
    };
    await train({ ...base, ...slow, out, onEvent, signal: controller.signal });
    const cursor = tensorsOf(copy, 'checkpoints/last.safetensors').get('cursor')?.data ?? [];
    expect([...cursor].slice(0, 3)).toEqual([1, 4, 4]);
    rmSync(path.join(copy, 'lock'));
    await resume(copy, { chooseData: () => slow.data, workers: 0 });
    expect(hashesOf(copy)).toEqual(hashesOf(await complete(slow)));
  });

  test('before run.json was whole is no run yet', async () => {
    const out = temporaryFolder();
    mkdirSync(path.join(out, 'checkpoints'));
    writeFileSync(path.join(out, 'run.json.tmp'), '{"format":');
    await expect(resume(out, { chooseData, workers: 0 })).rejects.toThrow(
      new RunDirectoryError(
        `${out}: expected run.json, got none: no run began here, or it ended before that was ` +
          'written; remove the folder and start again',
      ),
    );
    expect(existsSync(path.join(out, 'metrics.ndjson'))).toBe(false);
  });
});
