// Files of one run put into another: each is noticed by what reads it.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeSafetensors, encodeSafetensors, RunDirectoryError } from '@convbook/core';
import { readRun, readTrainedModel, type RunRecord } from '@convbook/run';
import { expect, test } from 'vitest';
import { resume } from './resume.ts';
import { temporaryFolder } from './testing/folder.ts';
import { hashesOf, recordOf } from './testing/run-files.ts';
import { tinyData, tinyModel } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

const data = tinyData(20, 5);
const otherData = { ...tinyData(20, 5), sha256: { noise: '01' } };
otherData.train.images.reverse();
const base: TrainOptions = {
  model: tinyModel,
  data,
  batchSize: 4,
  epochs: 3,
  validation: 4,
  workers: 0,
};

/** Runs that differ in one thing, and fit each other's files by their shapes. */
const others: Record<string, Partial<TrainOptions>> = {
  seed: { seed: 10 },
  'learning rate': { learningRate: 0.01 },
  'weight decay': { weightDecay: 0 },
  schedule: { schedule: { name: 'constant' } },
  loss: { loss: { name: 'huber' } },
  augmentation: { augment: { shift: 1 } },
  'augmentation for photos': { augment: { flip: 0.5 } },
  'class weights': { classWeights: 'balanced' },
  standardization: { standardize: true },
  'batch size': { batchSize: 5 },
  data: { data: otherData },
};

/** Interrupted in the second epoch: it has every file, and a checkpoint in the middle of an epoch. */
async function interrupted(options: Partial<TrainOptions>): Promise<string> {
  const out = path.join(temporaryFolder(), 'run');
  await train({ ...base, ...options, out, stopAfter: 6 });
  return out;
}

const files = [
  'run.json',
  'metrics.ndjson',
  'checkpoints/last.safetensors',
  'checkpoints/best.safetensors',
  'model.safetensors',
  'evaluation.safetensors',
  'samples.safetensors',
  'snapshots/step-000004.safetensors',
  'snapshots/statistics-000004.safetensors',
];

/** A copy of a run with a file of another. */
function withFile(file: string, own: string, other: string): string {
  const run = path.join(temporaryFolder(), 'run');
  cpSync(own, run, { recursive: true });
  cpSync(path.join(other, file), path.join(run, file));
  return run;
}

const chooseData = ({ sha256 }: RunRecord['data']) => (sha256.noise === '01' ? otherData : data);

/** Whether a reader or resuming refuses the run. */
async function isNoticed(run: string): Promise<boolean> {
  const isRefusal = (error: unknown) => {
    if (error instanceof RunDirectoryError) return true;
    throw error;
  };
  const reading = Promise.resolve(run).then(readRun);
  if (await reading.then(() => false, isRefusal)) return true;
  return resume(run, { chooseData, workers: 0 }).then(() => false, isRefusal);
}

test.each(Object.entries(others))(
  'every file of a run that differs in its %s is noticed',
  async (_, options) => {
    const [own, other] = [await interrupted({}), await interrupted(options)];
    const noticed = [];
    for (const file of files) {
      if (await isNoticed(withFile(file, own, other))) noticed.push(file);
    }
    expect(noticed).toEqual(files);
  },
);

test('a checkpoint of another run: the message', async () => {
  const [own, other] = [await interrupted({}), await interrupted({ seed: 10 })];
  const file = 'checkpoints/last.safetensors';
  const run = withFile(file, own, other);
  await expect(resume(run, { chooseData, workers: 0 })).rejects.toThrow(
    new RunDirectoryError(
      `${path.join(run, file)}: expected fingerprint ${recordOf(own).fingerprint} as run.json has, ` +
        `got ${recordOf(other).fingerprint}; ` +
        'it belongs to another run: put the own file back, or train again',
    ),
  );
});

test('dataset.json of other data is noticed', async () => {
  const [own, other] = [await interrupted({}), await interrupted({ data: otherData })];
  expect(() => readRun(withFile('dataset.json', own, other))).toThrow(RunDirectoryError);
});

test('the model of another run does not predict', async () => {
  const [own, other] = [await interrupted({}), await interrupted({ seed: 10 })];
  const run = withFile('model.safetensors', own, other);
  expect(() => readTrainedModel(run)).toThrow(RunDirectoryError);
});

test('workers, times and the recipe’s name are not in a fingerprint; equal runs have equal files', async () => {
  const again = await interrupted({ workers: 2, checkpointSeconds: 5, limit: 20, recipe: null });
  expect(hashesOf(again)).toEqual(hashesOf(await interrupted({})));
});

test('a run of an earlier version, without fingerprints, is read and goes on as it is', async () => {
  const run = await interrupted({});
  const write = (file: string, change: (text: string) => string) =>
    writeFileSync(path.join(run, file), change(readFileSync(path.join(run, file), 'utf8')));
  write('run.json', (text) => text.replace(/,\s*"fingerprint": "\w+"/, ''));
  const file = path.join(run, 'checkpoints/last.safetensors');
  const { tensors, metadata } = decodeSafetensors(readFileSync(file), file);
  const { fingerprint: _, ...older } = metadata;
  writeFileSync(file, encodeSafetensors(tensors, older));
  expect(recordOf(run).fingerprint).toBeUndefined();
  readRun(run);
  const { record } = await resume(run, { chooseData, workers: 0 });
  expect(record.status).toBe('complete');
  expect(record.fingerprint).toBeUndefined();
  const whole = temporaryFolder();
  const { record: undisturbed } = await train({ ...base, out: whole });
  expect(record.result?.modelSha256).toBe(undisturbed.result?.modelSha256);
});
