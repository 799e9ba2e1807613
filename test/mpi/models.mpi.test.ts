// The same files for any number of ranks: a model with everything that crosses, and batched-cnn, most of whose
// gradients are made from the whole batch.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  maxPool2d,
  relu,
  residual,
} from '@convbook/layers';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeFiles, runTrain } from '../harness/faults/process.ts';
import { writeSmall } from '../harness/faults/small.ts';
import {
  describeUnder,
  mpich,
  openMpi,
  removeRuns,
  runRanks,
  train,
  type LauncherCommand,
} from '../harness/mpi/launchers.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const isLong = process.env.CONVBOOK_LONG === '1';

const everything = {
  input: [1, 10, 10],
  layers: [
    conv2d({ filters: 8, kernelSize: 3, padding: 1 }),
    batchNorm(),
    relu(),
    residual({ layers: [conv2d({ filters: 8, kernelSize: 3, padding: 1 }), batchNorm(), relu()] }),
    maxPool2d({ size: 2 }),
    dropout({ rate: 0.2 }),
    flatten(),
    dense({ units: 30 }),
    batchNorm(),
    relu(),
    dropout({ rate: 0.4 }),
    dense({ units: 3 }),
  ],
};

const settings = [
  ['--model=everything.mjs', '--data=blobs', '--epochs=3', '--batch-size=36', '--validation=20'],
  ['--augment=shift=1,rotation=10', '--schedule=plateau:wait=1', '--clip-norm=0.5'],
  ['--l2-penalty=0.001', '--class-weights=balanced', '--standardize', '--optimizer=lamb'],
].flat();

const models = {
  'a model with everything': settings,
  'batched-cnn': ['--model=batched-cnn', '--limit=150', '--epochs=1', '--batch-size=100'],
};

describe.each(Object.entries(models))('%s', (name, words) => {
  const folder = temporaryDirectory();
  let expected: readonly string[];

  beforeAll(async () => {
    writeSmall(folder);
    writeFileSync(
      path.join(folder, 'everything.mjs'),
      `export default ${JSON.stringify(everything)};\n`,
    );
    expect((await runTrain(folder, [...words, '--out', 'alone'])).status).toBe(0);
    expected = describeFiles(path.join(folder, 'alone'));
  });

  beforeEach(() => removeRuns(folder));

  const isEqual = async ({ words: start }: LauncherCommand, ranks: number, workers: number) => {
    const out = `ranks-${ranks}-${workers}-${start(1)[0]}`;
    const own = [...words, '--workers', String(workers), '--out', out];
    const { status, stderr } = await runRanks(folder, [...start(ranks), ...train, ...own]);
    expect(status, stderr).toBe(0);
    expect(describeFiles(path.join(folder, out))).toEqual(expected);
  };

  describeUnder(openMpi, name, () => {
    it.each(isLong ? [1, 2, 3, 4] : [2, 4])('%i ranks', (ranks) => isEqual(openMpi, ranks, 1));
    if (!isLong) return;
    it.each([0, 2])('2 ranks of %i workers', (workers) => isEqual(openMpi, 2, workers));
  });

  describeUnder(mpich, name, () => {
    it.each(isLong ? [1, 2] : [2])('%i ranks', (ranks) => isEqual(mpich, ranks, 1));
  });
});
