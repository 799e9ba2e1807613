import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  ConfigurationError,
  DataError,
  decodeSafetensors,
  RunDirectoryError,
} from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import { batchNorm } from '@convbook/layers';
import { adamw, cosine, oneCycle } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { resume, type ResumeOptions } from './resume.ts';
import { temporaryFolder } from './testing/folder.ts';
import { hashesOf, recordOf } from './testing/run-files.ts';
import { tinyData, tinyModel } from './testing/tiny.ts';
import { train } from './train.ts';

const data = tinyData(21, 5);
const settings = { batchSize: 4, epochs: 3, validation: 4, seed: 5 };
const chooseData = () => data;
const base = { ...settings, model: tinyModel, data, workers: 0 };

/** A run that was interrupted after `steps` of its 15 steps; 5 are an epoch. */
async function interrupted(steps: number): Promise<string> {
  const out = temporaryFolder();
  await train({ ...base, out, stopAfter: steps });
  expect(recordOf(out)).toMatchObject({ status: 'interrupted', result: { steps } });
  return out;
}

test('running statistics are in checkpoint and model: resumed, the bytes of a run never stopped', async () => {
  const model = { ...tinyModel, layers: [batchNorm(), ...tinyModel.layers] };
  const whole = temporaryFolder();
  await train({ ...base, model, out: whole });
  const out = temporaryFolder();
  await train({ ...base, model, out, stopAfter: 7 });
  expect(recordOf(out)).toMatchObject({ status: 'interrupted', result: { steps: 7 } });
  await resume(out, { chooseData, workers: 2 });
  expect(hashesOf(out)).toEqual(hashesOf(whole));
  const bytes = readFileSync(path.join(out, 'model.safetensors'));
  const { tensors } = decodeSafetensors(bytes, 'model');
  expect([...tensors.keys()].filter((name) => name.startsWith('bn1.')).sort()).toEqual([
    'bn1.bias',
    'bn1.running_mean',
    'bn1.running_var',
    'bn1.weight',
  ]);
});

async function uninterrupted(): Promise<Record<string, string>> {
  const out = temporaryFolder();
  await train({ ...base, out });
  return hashesOf(out);
}

describe('resume', () => {
  test.each([
    [0, 0],
    [1, 0],
    [4, 0],
    [5, 0],
    [7, 0],
    [14, 0],
    [7, 2],
  ])(
    'after %i steps, with %i workers, gives the bytes of a run never stopped',
    async (steps, workers) => {
      const directory = await interrupted(steps);
      const { record } = await resume(directory, { chooseData, workers });
      expect(record).toMatchObject({ status: 'complete', result: { epochs: 3, steps: 15 } });
      expect(recordOf(directory)).toEqual(record);
      expect(hashesOf(directory)).toEqual(await uninterrupted());
    },
  );

  test('takes up a run that was killed: a line half written, no end', async () => {
    const directory = await interrupted(7);
    writeFileSync(
      path.join(directory, 'run.json'),
      JSON.stringify({ ...recordOf(directory), status: 'running', result: undefined }),
    );
    appendFileSync(path.join(directory, 'metrics.ndjson'), '{"event":"step","st');
    rmSync(path.join(directory, 'model.safetensors'));
    await resume(directory, { chooseData, workers: 0 });
    expect(hashesOf(directory)).toEqual(await uninterrupted());
  });

  test('leaves a complete run as it is', async () => {
    const out = temporaryFolder();
    const { record } = await train({ ...base, out });
    const text = () =>
      ['run.json', 'timing.ndjson'].map((name) => readFileSync(path.join(out, name), 'utf8'));
    const before = text();
    const never = () => {
      throw new Error('a complete run was begun');
    };
    expect(await resume(out, { chooseData, onStart: never })).toEqual({ directory: out, record });
    expect(text()).toEqual(before);
  });

  test('accepts the settings the run has', async () => {
    const directory = await interrupted(14);
    const same = {
      ...settings,
      optimizer: adamw(),
      schedule: oneCycle(),
      weightDecay: 0.05,
      limit: 21,
    };
    const { record } = await resume(directory, { ...same, chooseData, workers: 0 });
    expect(record.status).toBe('complete');
  });

  test.each<[string, Partial<ResumeOptions>]>([
    [
      'resume: the run has batchSize 4 and not 5; leave the options out, or start a new run',
      { batchSize: 5 },
    ],
    [
      'resume: the run has epochs 3 and not 4, seed 5 and not 6, weightDecay 0.05 and not 0; leave the options out, or start a new run',
      { epochs: 4, seed: 6, weightDecay: 0 },
    ],
    [
      'resume: the run has limit none and not 20; leave the options out, or start a new run',
      { limit: 20 },
    ],
    [
      'resume: the run has schedule one-cycle and not cosine; leave the options out, or start a new run',
      { schedule: cosine() },
    ],
  ])('refuses: %s', async (message, options) => {
    const directory = await interrupted(1);
    await expect(resume(directory, { ...options, chooseData, workers: 0 })).rejects.toThrow(
      new ConfigurationError(message),
    );
    expect(recordOf(directory).status).toBe('interrupted');
  });

  test('refuses data that are no longer the same', async () => {
    const directory = await interrupted(1);
    const other = { ...data, sha256: { noise: '11' } };
    await expect(resume(directory, { chooseData: () => other, workers: 0 })).rejects.toThrow(
      new DataError(
        `${directory}: expected the data set noise the run began with, got one with another SHA-256`,
      ),
    );
  });

  test('refuses a log shorter than the checkpoint says', async () => {
    const directory = await interrupted(3);
    const file = path.join(directory, 'metrics.ndjson');
    // Start, three steps and the norms of the first were logged with the last checkpoint.
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, 5);
    const needed = Buffer.byteLength(`${lines.join('\n')}\n`);
    writeFileSync(file, '{}\n');
    await expect(resume(directory, { chooseData, workers: 0 })).rejects.toThrow(
      new RunDirectoryError(
        `${file}: expected at least ${needed} bytes for the last checkpoint, got 3; the file is damaged`,
      ),
    );
  });

  test('refuses a log whose lines are no events', async () => {
    const directory = await interrupted(3);
    const file = path.join(directory, 'metrics.ndjson');
    writeFileSync(file, readFileSync(file, 'utf8').replace('{"event":"step"', '{"event";"step"'));
    const [, line] = readFileSync(file, 'utf8').split('\n');
    await expect(resume(directory, { chooseData, workers: 0 })).rejects.toThrow(
      new RunDirectoryError(
        `${file}:2: expected JSON, got ${showValue(line.slice(0, 60))}; ` +
          'train again, or restore the run directory from a copy',
      ),
    );
  });

  test('refuses a log with other steps than the checkpoint', async () => {
    const directory = await interrupted(3);
    const file = path.join(directory, 'metrics.ndjson');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"event":"step"', '"event":"stop"'));
    await expect(resume(directory, { chooseData, workers: 0 })).rejects.toThrow(
      new RunDirectoryError(
        `${file}: expected 3 steps up to the last checkpoint, got 2; the file is damaged`,
      ),
    );
  });

  test('refuses a run whose best checkpoint is lost', async () => {
    const directory = await interrupted(7);
    const file = path.join(directory, 'checkpoints', 'best.safetensors');
    rmSync(file);
    await expect(resume(directory, { chooseData, workers: 0 })).rejects.toThrow(
      new RunDirectoryError(
        `${file}: expected the checkpoint of the lowest validation loss so far, got none; ` +
          'put it back, or start a new run',
      ),
    );
  });

  test.each([
    [{ ...tinyModel, name: 'other', layers: tinyModel.layers.slice(0, -1) }, 'other'],
    [{ ...tinyModel, layers: tinyModel.layers.slice(0, -1) }, 'another of that name'],
    [{ input: [1, 6, 6], layers: tinyModel.layers }, 'one without a name'],
  ])('refuses another model, %#', async (model, got) => {
    const directory = await interrupted(1);
    await expect(resume(directory, { model, chooseData, workers: 0 })).rejects.toThrow(
      new ConfigurationError(
        `resume: the run has model tiny and not ${got}; leave the options out, or start a new run`,
      ),
    );
  });

  test('takes its own model', async () => {
    const directory = await interrupted(1);
    const { record } = await resume(directory, { model: tinyModel, chooseData, workers: 0 });
    expect(record.status).toBe('complete');
  });

  test('refuses a checkpoint every 0 steps', async () => {
    const directory = await interrupted(1);
    const options = { checkpointEvery: 0, chooseData, workers: 0 };
    await expect(resume(directory, options)).rejects.toThrow(
      new ConfigurationError('checkpointEvery: expected an integer of at least 1, got 0'),
    );
    expect(recordOf(directory).status).toBe('interrupted');
  });
});
