// Every run that can be trained can be read and resumed: models near the limits of a run directory's files.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { synthetic } from '@convbook/data';
import {
  batchNorm,
  conv2d,
  dense,
  flatten,
  gaussian,
  relu,
  type ModelSpec,
} from '@convbook/layers';
import { readRun, writeNotebook } from '@convbook/report';
import { resume, train, type TrainOptions } from '@convbook/trainer';
import { afterEach, beforeEach, expect, test } from 'vitest';

const repeated = <Layer>(count: number, make: () => Layer[]) =>
  Array.from({ length: count }, make).flat();

const denseLayers = (count: number, classes = 3): ModelSpec => ({
  name: `${count}-dense`,
  input: [1, 4, 4],
  layers: [
    flatten(),
    ...repeated(count - 1, () => [dense({ units: 4, initializer: gaussian(0.4) })]),
    dense({ units: classes }),
  ],
});

const norms = (count: number): ModelSpec => ({
  name: `${count}-norms`,
  input: [1, 4, 4],
  layers: [
    ...repeated(count, () => [
      conv2d({ filters: 2, kernelSize: 3, padding: 1 }),
      batchNorm(),
      relu(),
    ]),
    flatten(),
    dense({ units: 3 }),
  ],
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'convbook-readable-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(model: ModelSpec, classes: number, settings: Partial<TrainOptions>) {
  const data = synthetic({
    sampleShape: [1, 4, 4],
    classes,
    trainSamples: 12 * 16,
    testSamples: 8,
  });
  const options = { model, data, batchSize: 16, shardSize: 4, epochs: 2, learningRate: 0.001 };
  return {
    data,
    run: (out: string, more = {}) => train({ ...options, ...settings, out, ...more }),
  };
}

test.each<[string, ModelSpec, number, Partial<TrainOptions>]>([
  ['300 dense layers', denseLayers(300), 3, { workers: 2 }],
  ['660 dense layers', denseLayers(660), 3, { workers: 1 }],
  ['5,000 classes', denseLayers(2, 5000), 5000, { workers: 2 }],
  ['12 batchNorm layers, 16 workers', norms(12), 3, { workers: 16 }],
  ['40 batchNorm layers, 256 workers asked for', norms(40), 3, { workers: 256, batchSize: 48 }],
  ['3 batchNorm layers, 96 shards', norms(3), 3, { workers: 2, batchSize: 384 }],
])('%s: trained, read, resumed, and drawn', async (_, model, classes, settings) => {
  const { data, run } = start(model, classes, settings);
  const { record } = await run(path.join(folder, 'whole'));
  const out = path.join(folder, 'stopped');
  const half = Math.ceil(Number(record.result?.steps) / 2);
  const stopped = await run(out, { stopAfter: half });
  expect(stopped.record.status).toBe('interrupted');
  expect(readRun(out).steps.length).toBeGreaterThanOrEqual(half);
  const resumed = await resume(out, { chooseData: () => data, workers: settings.workers });
  expect(resumed.record.result?.modelSha256).toBe(record.result?.modelSha256);
  expect(readRun(out).steps).toHaveLength(Number(record.result?.steps));
  expect(existsSync(await writeNotebook(out))).toBe(true);
});

const remedy = 'take fewer layers or classes, or shorter names';
test.each<[string, ModelSpec, number, string]>([
  [
    '800 dense layers: too many tensors for a checkpoint',
    denseLayers(800),
    3,
    'model and data: expected a run that can be read again, got "safetensors: expected at most ' +
      `4000 tensors, got 4802"; ${remedy}`,
  ],
  [
    '1,001 layers',
    denseLayers(1000),
    3,
    'model.layers: expected a list of layers, of at most 1000 items, got a list of 1001',
  ],
  [
    '40,000 classes',
    denseLayers(2, 40_000),
    40_000,
    'model and data: expected a run that can be read again, got "run.json: expected ' +
      `data.classNames to be a list of 1 to 32768 items, got ["0: 0° / 12.0 px","1: 1° / 12.0 px","2: 1° / 12.0 px","3…"; ${remedy}`,
  ],
])('%s: refused before anything is written', async (_, model, classes, message) => {
  const out = path.join(folder, 'refused');
  await expect(start(model, classes, { workers: 0 }).run(out)).rejects.toThrow(
    new ConfigurationError(message),
  );
  expect(existsSync(out)).toBe(false);
});
