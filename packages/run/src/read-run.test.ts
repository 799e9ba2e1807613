import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { encodeSafetensors, RunDirectoryError, type StoredTensor } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { writeSyntheticRun } from './testing/synthetic-run.ts';
import { temporaryDirectory } from './testing/folders.ts';
import { evaluationFile, syntheticEvaluation } from './testing/synthetic-tensors.ts';
import { readRun } from './read-run.ts';
import { readRecord } from './record/read-record.ts';

const root = temporaryDirectory();
const whole = writeSyntheticRun(join(root, 'whole'));
const again = 'train again, or restore the run directory from a copy';

/** A copy of the whole run, changed. */
function changed(name: string, change: (directory: string) => void): string {
  const directory = join(root, name.replaceAll(/\W+/g, '-'));
  cpSync(whole, directory, { recursive: true });
  change(directory);
  return directory;
}

function replaceIn(file: string, from: string, to: string) {
  return (directory: string) => {
    const path = join(directory, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };
}

function replaceFile(file: string, tensors: Record<string, StoredTensor>) {
  return (directory: string) =>
    writeFileSync(join(directory, file), encodeSafetensors(new Map(Object.entries(tensors))));
}

describe('readRun', () => {
  test('reads everything of a complete run', () => {
    const run = readRun(whole);
    expect(run.name).toBe('whole');
    expect(run.steps.length).toBe(120);
    expect(run.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(run.snapshots.map(({ step }) => step)).toEqual([0, 40, 80, 120]);
    expect(run.statistics.map(({ step, epoch }) => [step, epoch])).toEqual([
      [0, 0],
      [40, 1],
      [80, 2],
      [120, 3],
    ]);
    expect(run.evaluation?.samples).toBe(600);
    expect(run.samples?.shape).toEqual([1, 28, 28]);
    expect(run.dataset?.classNames.length).toBe(10);
  });

  test('an interrupted run needs no more than run.json, and its last line may be cut', () => {
    const directory = writeSyntheticRun(join(root, 'short'), { status: 'interrupted', steps: 50 });
    appendFileSync(join(directory, 'metrics.ndjson'), '{"event":"st');
    expect(readRun(directory).steps.length).toBe(50);
    for (const file of ['metrics.ndjson', 'timing.ndjson', 'dataset.json', 'snapshots']) {
      rmSync(join(directory, file), { recursive: true });
    }
    expect(readRun(directory)).toMatchObject({
      steps: [],
      epochs: [],
      dataset: null,
      evaluation: null,
      statistics: [],
    });
  });

  test('leaves out a description that is too large to show', () => {
    const directory = changed('large', (d) => truncateSync(join(d, 'dataset.json'), 2 ** 23 + 1));
    expect(readRun(directory).dataset).toBeNull();
  });

  test.each<[string, (directory: string) => void, string]>([
    [
      'no run.json',
      (d) => rmSync(join(d, 'run.json')),
      'run.json: expected this file in the run directory, got none',
    ],
    [
      'not JSON',
      replaceIn('run.json', '{', ''),
      'run.json: expected JSON, got "\\n  \\"format\\": \\"convbook-run/1\\",\\n  \\"status\\": \\"com…',
    ],
    [
      'another format',
      replaceIn('run.json', 'convbook-run/1', 'x'),
      'run.json: expected format to be "convbook-run/1", got "x"',
    ],
    [
      'a wrong field',
      replaceIn('run.json', '"seed": 1', '"seed": "1"'),
      'run.json: expected configuration.seed to be a whole number from 0, got "1"',
    ],
    [
      'no result',
      replaceIn('run.json', '"result"', '"other"'),
      'run.json: expected the result of a complete run, got nothing',
    ],
    [
      'no metrics',
      (d) => rmSync(join(d, 'metrics.ndjson')),
      'metrics.ndjson: expected this file in the run directory, got none',
    ],
    [
      'a wrong event',
      replaceIn('metrics.ndjson', '"loss":', '"lost":'),
      'metrics.ndjson:2: expected loss to be a number, got nothing',
    ],
    [
      'a cut event',
      (d) => appendFileSync(join(d, 'metrics.ndjson'), '{'),
      'metrics.ndjson: expected a line end after the last event, got "{"',
    ],
    [
      'an event of the name of every object',
      (d) => appendFileSync(join(d, 'metrics.ndjson'), '{"event":"x","__proto__":{"event":"y"}}\n'),
      'metrics.ndjson:132: expected no key that every object has, got __proto__',
    ],
    [
      'a time that is none',
      replaceIn('timing.ndjson', '2025-11-22', 'yesterday'),
      'timing.ndjson:1: expected at to be an ISO 8601 time in UTC, got "yesterdayT09:53:07.412Z"',
    ],
    [
      'a description of other data',
      replaceIn('dataset.json', '"sampleShape":[1,28,28]', '"sampleShape":[1,99999,99999]'),
      'dataset.json: expected sampleShape to be data.sampleShape of run.json, [1,28,28], got [1,99999,99999]',
    ],
    [
      'samples of another shape',
      replaceFile('samples.safetensors', {
        images: { dtype: 'U8', shape: [1, 1, 1, 1], data: new Uint8Array(1) },
        indexes: { dtype: 'I32', shape: [1], data: new Int32Array(1) },
      }),
      'samples.safetensors: expected images of [1,28,28] as run.json says, got [1,1,1]',
    ],
    [
      'samples beyond the test set',
      replaceFile('samples.safetensors', {
        images: { dtype: 'U8', shape: [1, 1, 28, 28], data: new Uint8Array(784) },
        indexes: { dtype: 'I32', shape: [1], data: Int32Array.of(-1) },
      }),
      'samples.safetensors: expected indexes from 0 below 600, got -1',
    ],
    [
      'logits that are no numbers',
      replaceFile('evaluation.safetensors', {
        logits: { dtype: 'F32', shape: [1, 10], data: new Float32Array(10).fill(NaN) },
        labels: { dtype: 'U8', shape: [1], data: new Uint8Array(1) },
      }),
      'evaluation.safetensors: expected finite values in logits, got NaN',
    ],
    [
      'a snapshot of another model',
      replaceFile('snapshots/step-000040.safetensors', {
        'conv1.weight': { dtype: 'F32', shape: [0, 1, 5, 5], data: new Float32Array(0) },
      }),
      'snapshots/step-000040.safetensors: expected conv1.weight of [6,1,5,5] as the model has, got [0,1,5,5]',
    ],
    [
      'a file where the snapshots are',
      (d) => {
        rmSync(join(d, 'snapshots'), { recursive: true });
        writeFileSync(join(d, 'snapshots'), '');
      },
      'snapshots: expected a folder, got a file',
    ],
    [
      'a folder where a file is',
      (d) => {
        rmSync(join(d, 'timing.ndjson'));
        mkdirSync(join(d, 'timing.ndjson'));
      },
      'timing.ndjson: expected a file, got a folder, pipe or device',
    ],
    [
      'a pipe nobody writes to',
      (d) => {
        rmSync(join(d, 'dataset.json'));
        execFileSync('mkfifo', [join(d, 'dataset.json')]);
      },
      'dataset.json: expected a file, got a folder, pipe or device',
    ],
    [
      'a log without line ends, beyond any text',
      (d) => truncateSync(join(d, 'timing.ndjson'), 2 ** 30),
      'timing.ndjson:18: expected at most 1048576 characters, got more',
    ],
    [
      'other answers',
      (d) =>
        writeFileSync(
          join(d, 'evaluation.safetensors'),
          evaluationFile(syntheticEvaluation(100, 10)),
        ),
      'evaluation.safetensors: expected 586 of 600 answers to be right as run.json says, got 97 of 100',
    ],
    [
      'other classes',
      (d) =>
        writeFileSync(
          join(d, 'evaluation.safetensors'),
          evaluationFile(syntheticEvaluation(100, 4)),
        ),
      'evaluation.safetensors: expected logits of 10 classes, got 4',
    ],
    [
      'another model',
      (d) => writeFileSync(join(d, 'model.safetensors'), ''),
      `model.safetensors: expected SHA-256 ${readRecord(whole).result?.modelSha256} as run.json says, got e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`,
    ],
  ])('refuses %s', (name, change, message) => {
    const directory = changed(name, change);
    expect(() => readRun(directory)).toThrow(
      new RunDirectoryError(`${directory}/${message}; ${again}`),
    );
  });

  test('refuses what is not a directory', () => {
    const path = join(root, 'nowhere');
    expect(() => readRun(path)).toThrow(
      new RunDirectoryError(
        `${path}: expected a run directory, got nothing there; give the path of a run`,
      ),
    );
  });
});
