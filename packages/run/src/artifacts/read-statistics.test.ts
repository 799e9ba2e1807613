import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeSafetensors,
  encodeSafetensors,
  RunDirectoryError,
  type StoredTensor,
} from '@convbook/core';
import { conv2d, dense, flatten, relu, residual, type ModelSpec } from '@convbook/layers';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { syntheticRecord, type RunSettings } from '../testing/synthetic-record.ts';
import { syntheticEvaluation } from '../testing/synthetic-tensors.ts';
import { syntheticStatistics } from '../testing/synthetic-statistics.ts';
import { countValues, emptyHistogram } from './histogram.ts';
import { readStatistics } from './read-statistics.ts';
import { layOutStatistics, statisticsName } from './statistics-file.ts';
import { hasStatistics, type TrainingStatistics } from './statistics.ts';

const settings: RunSettings = {
  status: 'complete',
  classNames: ['a', 'b', 'c'],
  epochs: 2,
  stepsPerEpoch: 4,
  steps: 8,
  testSamples: 60,
  input: [1, 8, 8],
  filters: 4,
  kernelSize: 3,
};
const evaluation = syntheticEvaluation(60, 3);
const record = syntheticRecord(settings, evaluation, '');
const { input, layers } = record.model;
const model: ModelSpec = { input, layers };
const statistics = syntheticStatistics(model, evaluation, { step: 4, epoch: 1, progress: 0.6 });

const root = mkdtempSync(join(tmpdir(), 'statistics-'));
const file = join(root, 'snapshots', statisticsName(4));
beforeEach(() => {
  rmSync(join(root, 'snapshots'), { recursive: true, force: true });
  mkdirSync(join(root, 'snapshots'));
});
afterAll(() => rmSync(root, { recursive: true }));

function write(some: TrainingStatistics, fingerprint = {}): void {
  const name = statisticsName(some.step);
  writeFileSync(join(root, 'snapshots', name), Buffer.concat(layOutStatistics(some, fingerprint)));
}

describe('readStatistics', () => {
  test('reads what was written, in the order of steps', () => {
    const first = syntheticStatistics(model, evaluation, { step: 0, epoch: 0, progress: 0 });
    write(statistics);
    write(first);
    expect(readStatistics(root, record)).toEqual([first, statistics]);
  });

  test('layers that nothing was shown, and those inside a block', () => {
    const inner = [conv2d({ filters: 1, kernelSize: 1 }), relu()];
    const own: ModelSpec['layers'] = [residual({ layers: inner }), flatten(), dense({ units: 3 })];
    const weights = countValues(emptyHistogram(), Float32Array.of(0.5));
    const some: TrainingStatistics = {
      ...statistics,
      images: 0,
      layers: [{ name: 'residual1.conv1', weights, activations: null }],
    };
    write(some);
    const changed = { ...record, model: { ...record.model, layers: [...own] } };
    expect(readStatistics(root, changed)).toEqual([some]);
  });

  test('is empty where an earlier version wrote nothing, and passes over a later one', () => {
    expect(readStatistics(root, record)).toEqual([]);
    write(statistics);
    const { tensors, metadata } = decodeSafetensors(
      Buffer.concat(layOutStatistics(statistics, {})),
      'here',
    );
    writeFileSync(file, encodeSafetensors(tensors, { ...metadata, version: '2' }));
    expect(readStatistics(root, record)).toEqual([]);
  });

  test('refuses the file of another run', () => {
    write(statistics, { fingerprint: 'other' });
    expect(() => readStatistics(root, { ...record, fingerprint: 'own' })).toThrow(
      new RunDirectoryError(
        `${file}: expected fingerprint own as run.json has, got other; it belongs to another run: put the own file back, or train again`,
      ),
    );
  });

  const counts = (...values: number[]): StoredTensor => ({
    dtype: 'I32',
    shape: [values.length],
    data: Int32Array.from(values),
  });
  test.each<[string, Record<string, StoredTensor>, Record<string, string>, string]>([
    [
      'bins',
      { 'conv1.weights.counts': counts(1) },
      {},
      'expected conv1.weights.counts of 257 bins, got 1',
    ],
    [
      'counts below zero',
      { 'conv1.weights.counts': counts(...new Array<number>(257).fill(-1)) },
      {},
      'expected conv1.weights.counts from 0 up, got -1',
    ],
    [
      'a limit',
      { 'conv1.weights.limit': { dtype: 'F32', shape: [1], data: Float32Array.of(3) } },
      {},
      'expected a power of two as conv1.weights.limit, got 3',
    ],
    [
      'weights',
      { 'conv1.weights.counts': counts(...new Array<number>(257).fill(1)) },
      {},
      'expected 36 weights of conv1 as the model has, got 257',
    ],
    [
      'units',
      { 'conv1.activations.ranges': { dtype: 'F32', shape: [2, 1], data: new Float32Array(2) } },
      {},
      'expected conv1.activations.ranges of [2,4] as the model has, got [2,1]',
    ],
    [
      'classes',
      { confusion: { dtype: 'I32', shape: [1, 3], data: Int32Array.of(0, 3, 60) } },
      {},
      'expected rows of label, prediction and count for 3 classes, got [0,3,60]',
    ],
    [
      'a number of images',
      { confusion: { dtype: 'I32', shape: [1, 3], data: Int32Array.of(0, 0, 59) } },
      {},
      'expected 60 test images in confusion, got 59',
    ],
    ['a step', {}, { step: 'two' }, 'expected a whole number as step, got "two"'],
  ])('refuses another %s', (_, others, words, problem) => {
    const { tensors, metadata } = decodeSafetensors(
      Buffer.concat(layOutStatistics(statistics, {})),
      'here',
    );
    for (const [name, tensor] of Object.entries(others)) tensors.set(name, tensor);
    writeFileSync(file, encodeSafetensors(tensors, { ...metadata, ...words }));
    expect(() => readStatistics(root, record)).toThrow(
      new RunDirectoryError(
        `${file}: ${problem}; train again, or restore the run directory from a copy`,
      ),
    );
  });
});

test.each([
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [48, Array.from({ length: 49 }, (_, epoch) => epoch)],
  [49, [...Array.from({ length: 25 }, (_, k) => 2 * k), 49]],
  [1000, [...Array.from({ length: 48 }, (_, k) => 21 * k), 1000]],
])('of %i epochs at most 48 and the start have statistics, the last among them', (epochs, want) => {
  const all = Array.from({ length: epochs + 1 }, (_, epoch) => epoch);
  expect(all.filter((epoch) => hasStatistics(epoch, epochs))).toEqual(want);
});
