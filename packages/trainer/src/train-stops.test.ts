// Runs that do not reach their end: refused, interrupted, diverged, failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigurationError, DivergedError, RunDirectoryError } from '@convbook/core';
import { dense, flatten } from '@convbook/layers';
import { constantRate } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './testing/folder.ts';
import { hashesOf, metricsOf, notFinite, recordOf, tensorsOf } from './testing/run-files.ts';
import { tinyData, tinyModel } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

const data = tinyData(20, 5);
const base = { model: tinyModel, data, batchSize: 4, epochs: 2, workers: 0 };

describe('refused before anything is written', () => {
  test.each<[string, Partial<TrainOptions>]>([
    ['limit: expected an integer from 1 to 20, got 21', { limit: 21 }],
    ['batchSize: expected an integer of at least 1, got 0', { batchSize: 0 }],
    ['workers: expected an integer from 0 to 256, got -1', { workers: -1 }],
    ['seed: expected an integer of at least 0, got -1', { seed: -1 }],
    [
      'epochs: expected at most 2147483647 steps in all, got 5000000000; take fewer epochs',
      { epochs: 1e9 },
    ],
    ['hangTimeout: expected a number of at most 1000000, got 1e+30', { hangTimeout: 1e30 }],
    [
      'checkpointEvery: expected an integer of at most 2147483647, got 1000000000000',
      { checkpointEvery: 1e12 },
    ],
    [
      'conv1: the window 3×3 does not fit its input, got 2×2 with padding 0×0; take a smaller window or more padding',
      { model: { ...tinyModel, input: [1, 2, 2] } },
    ],
    [
      'model tiny: takes [1, 7, 5] and gives [3], got data noise with samples [1, 6, 5] and 3 classes; choose another --model or --data',
      { model: { ...tinyModel, input: [1, 7, 5] } },
    ],
  ])('%s', async (message, options) => {
    const out = path.join(temporaryFolder(), 'run');
    await expect(train({ ...base, ...options, out })).rejects.toThrow(
      new ConfigurationError(message),
    );
    expect(existsSync(out)).toBe(false);
  });

  test('more memory than WebAssembly has is the user’s to mend, not a defect of ours', async () => {
    const out = path.join(temporaryFolder(), 'run');
    const layers = [flatten(), dense({ units: 2 ** 26 }), dense({ units: 3 })];
    const model = { ...tinyModel, layers };
    await expect(train({ ...base, model, out })).rejects.toMatchObject({ exitCode: 2 });
    expect(existsSync(out)).toBe(false);
  });

  test('an out folder with files in it stays as it is', async () => {
    const out = temporaryFolder();
    writeFileSync(path.join(out, 'notes.txt'), 'mine');
    await expect(train({ ...base, out })).rejects.toThrow(
      new ConfigurationError(
        `${out}: expected an empty or new folder, got one with files in it; choose another --out`,
      ),
    );
    expect(readdirSync(out)).toEqual(['notes.txt']);
  });

  test('an out folder below a file', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), 'mine');
    const out = path.join(folder, 'file', 'run');
    await expect(train({ ...base, out })).rejects.toThrow(
      new RunDirectoryError(`${out}: expected a folder above it, got a file; choose another --out`),
    );
  });
});

/** Files every run that ended has. */
const filesOfAnEnd = [
  'checkpoints',
  'dataset.json',
  'evaluation.safetensors',
  'metrics.ndjson',
  'model.safetensors',
  'run.json',
  'samples.safetensors',
  'snapshots',
  'timing.ndjson',
];

describe('interrupted', () => {
  test.each([0, 2])(
    'at step 7 of 10, mid-epoch, with %i workers: saved and told',
    async (workers) => {
      const out = temporaryFolder();
      const controller = new AbortController();
      const { record } = await train({
        ...base,
        workers,
        out,
        signal: controller.signal,
        checkpointEvery: 7,
        onEvent: (event) => {
          if (event.event === 'step' && event.step === 7) controller.abort();
        },
      });
      expect(record).toMatchObject({
        status: 'interrupted',
        result: { epochs: 1, steps: 7, testSamples: 5 },
      });
      expect(recordOf(out)).toEqual(record);
      expect(readdirSync(out).sort()).toEqual(filesOfAnEnd);
      expect(metricsOf(out, 'step')).toHaveLength(7);
      expect(metricsOf(out, 'end')).toMatchObject([{ status: 'interrupted', step: 7 }]);
      const checkpoint = tensorsOf(out, 'checkpoints/last.safetensors');
      expect([...(checkpoint.get('cursor')?.data ?? [])].slice(0, 3)).toEqual([2, 2, 7]);
      expect(checkpoint.get('conv1.weight')).toEqual(
        tensorsOf(out, 'model.safetensors').get('conv1.weight'),
      );
    },
  );

  test.each([0, 2])(
    'while a job runs, with %i workers: it ends after the step',
    async (workers) => {
      const out = temporaryFolder();
      const controller = new AbortController();
      // An epoch long enough for steps to be logged while it runs.
      const many = tinyData(20_000, 5);
      const { record } = await train({
        ...base,
        data: many,
        batchSize: 1,
        epochs: 1,
        workers,
        out,
        signal: controller.signal,
        onEvent: ({ event }) => {
          if (event === 'step') controller.abort();
        },
      });
      const steps = metricsOf(out, 'step').length;
      expect(record).toMatchObject({ status: 'interrupted', result: { epochs: 0, steps } });
      expect(steps).toBeGreaterThan(0);
      expect(steps).toBeLessThan(20_000);
    },
  );

  test('before the first step: the initial parameters', async () => {
    const out = temporaryFolder();
    const { record } = await train({ ...base, out, signal: AbortSignal.abort() });
    expect(record).toMatchObject({ status: 'interrupted', result: { epochs: 0, steps: 0 } });
    expect(readdirSync(out).sort()).toEqual(filesOfAnEnd);
    expect(tensorsOf(out, 'model.safetensors').get('conv1.weight')).toEqual(
      tensorsOf(out, 'snapshots/step-000000.safetensors').get('conv1.weight'),
    );
  });

  test.each([0, 3, 5, 7, 10, 11])(
    'by stopAfter %i: the files of a signal at that step',
    async (stopAfter) => {
      const [stopped, signalled] = [temporaryFolder(), temporaryFolder()];
      await train({ ...base, out: stopped, stopAfter });
      const controller = new AbortController();
      if (stopAfter === 0) controller.abort();
      await train({
        ...base,
        out: signalled,
        checkpointEvery: Math.max(1, stopAfter),
        signal: controller.signal,
        onEvent: (event) => {
          if (event.event === 'step' && event.step === stopAfter) controller.abort();
        },
      });
      expect(recordOf(stopped).status).toBe(stopAfter < 10 ? 'interrupted' : 'complete');
      expect(hashesOf(stopped)).toEqual(hashesOf(signalled));
    },
  );

  test('at the last step: complete', async () => {
    const out = temporaryFolder();
    const controller = new AbortController();
    const { record } = await train({
      ...base,
      out,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.event === 'step' && event.step === 10) controller.abort();
      },
    });
    expect(record.status).toBe('complete');
  });
});

describe('diverged', () => {
  const diverging = { ...base, schedule: constantRate(), learningRate: 1e30, checkpointEvery: 1 };

  test.each([0, 2])(
    'with %i workers: the error, the status, and only finite numbers in what is kept',
    async (workers) => {
      const out = temporaryFolder();
      await expect(train({ ...diverging, workers, out })).rejects.toThrow(
        new DivergedError(
          'step 2, epoch 1: the loss is no longer finite; it began in the output of dense1; the last checkpoint is kept; lower the learning rate',
        ),
      );
      expect(recordOf(out).status).toBe('diverged');
      expect(recordOf(out).result).toBeUndefined();
      expect(metricsOf(out, 'step')).toHaveLength(1);
      expect(tensorsOf(out, 'checkpoints/last.safetensors').size).toBe(6 + 12 + 2);
      expect(notFinite(out)).toEqual([]);
      expect(existsSync(path.join(out, 'model.safetensors'))).toBe(false);
    },
  );

  test('by the last step of an epoch: nothing that is not finite is kept or told', async () => {
    const out = temporaryFolder();
    const oneStep = { ...diverging, checkpointEvery: undefined, batchSize: 20, epochs: 1 };
    await expect(train({ ...oneStep, out })).rejects.toBeInstanceOf(DivergedError);
    expect(recordOf(out).status).toBe('diverged');
    expect(notFinite(out)).toEqual([]);
    expect(readFileSync(path.join(out, 'metrics.ndjson'), 'utf8')).not.toContain(':null');
  });

  test('by a rate that float32 does not hold: nothing that is not finite is kept', async () => {
    const out = temporaryFolder();
    const tooLarge = { ...diverging, learningRate: 1e39 };
    await expect(train({ ...tooLarge, out })).rejects.toHaveProperty('exitCode');
    expect(notFinite(out)).toEqual([]);
  });
});

describe('failed', () => {
  test('what a listener throws ends the run; the record says so', async () => {
    const out = temporaryFolder();
    const failing = train({
      ...base,
      out,
      onEvent: ({ event }) => {
        if (event === 'epoch') throw new Error('enough');
      },
    });
    await expect(failing).rejects.toThrow(new Error('enough'));
    expect(recordOf(out).status).toBe('failed');
  });

  test('so does what it throws while a job runs: the error of the run, not one nobody catches', () => {
    const out = temporaryFolder();
    const program = fileURLToPath(new URL('./testing/throwing-listener.ts', import.meta.url));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', program, out],
      { encoding: 'utf8' },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'enough', stderr: '' });
    expect(recordOf(out).status).toBe('failed');
  });

  test('a checkpoint that cannot be written ends the run; the record says so', async () => {
    const out = temporaryFolder();
    const file = path.join(out, 'checkpoints', 'last.safetensors');
    const failing = train({ ...base, out, onStart: () => mkdirSync(file) });
    await expect(failing).rejects.toThrow(
      new RunDirectoryError(
        `${file}: cannot be written, got EISDIR; remove the folder in its place`,
      ),
    );
    expect(recordOf(out).status).toBe('failed');
  });
});
