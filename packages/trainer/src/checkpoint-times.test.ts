// When checkpoints are written: by steps, by time, by epoch.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkpointFile } from './run/checkpoint.ts';
import { temporaryFolder } from './testing/folder.ts';
import { tensorsOf } from './testing/run-files.ts';
import { tinyData, tinyModel } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

const base = { model: tinyModel, batchSize: 4, epochs: 1000 };

/** Trains until a checkpoint is there as a step is logged; its epoch, batch and step. */
async function firstCheckpoint(samples: number, options: Partial<TrainOptions>): Promise<number[]> {
  const out = path.join(temporaryFolder(), 'run');
  const controller = new AbortController();
  let cursor: number[] | undefined;
  await train({
    ...base,
    ...options,
    data: tinyData(samples, 5),
    out,
    signal: controller.signal,
    onEvent({ event }) {
      if (cursor || event !== 'step' || !existsSync(checkpointFile(out, 'last'))) return;
      cursor = [...(tensorsOf(out, 'checkpoints/last.safetensors').get('cursor')?.data ?? [])];
      controller.abort();
    },
  });
  return cursor?.slice(0, 3) ?? [];
}

describe.each([0, 2])('with %i workers a checkpoint is written', (workers) => {
  test('every so many steps', async () => {
    expect(await firstCheckpoint(40, { workers, checkpointEvery: 3 })).toEqual([1, 3, 3]);
  });

  test('every epoch', async () => {
    expect(await firstCheckpoint(40, { workers })).toEqual([2, 0, 10]);
  });

  test('every so many seconds, in the midst of an epoch', async () => {
    const [epoch, batch, step] = await firstCheckpoint(40_000, {
      workers,
      checkpointSeconds: 0.02,
    });
    expect(epoch).toBe(1);
    expect(batch).toBe(step);
    expect(batch).toBeGreaterThan(0);
  });
});
