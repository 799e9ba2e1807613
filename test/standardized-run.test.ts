// Standardized pixel values are the same numbers in training, evaluation, predictions and pages.
import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { scaleByte } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { synthetic } from '@convbook/data';
import { conv2d, dense, flatten, maxPool2d, relu } from '@convbook/layers';
import { readNetworks, readRun, writeNotebook } from '@convbook/report';
import { readTrainedModel, type RunRecord } from '@convbook/run';
import { createPredictor } from '@convbook/runtime/network';
import { train } from '@convbook/trainer';
import { afterAll, beforeAll, expect, it } from 'vitest';

const sampleShape = [3, 12, 10] as const;
const data = synthetic({ sampleShape, classes: 4, trainSamples: 120, testSamples: 37 });
const model = {
  name: 'colour',
  input: [...sampleShape],
  layers: [
    conv2d({ filters: 5, kernelSize: 3 }),
    relu(),
    maxPool2d({ size: 2 }),
    flatten(),
    dense({ units: 4 }),
  ],
};

let folder = '';
let record: RunRecord;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-standardized-'));
  const options = { model, data, epochs: 2, batchSize: 20, standardize: true, workers: 0 };
  ({ record } = await train({ ...options, out: folder }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('predicts the logits of the evaluation, to the bit', async () => {
  const module = await loadKernelModule('plain');
  const predictor = createPredictor({ ...readTrainedModel(folder), module });
  const images = Array.from({ length: 37 }, (_, n) =>
    data.test.images.subarray(n * 360, (n + 1) * 360),
  );
  const logits = predictor.predict(images).flatMap((answer) => answer.logits);
  expect(logits).toEqual([...(readRun(folder).evaluation?.logits ?? [])]);
});

it('gives layers, explanations and the page’s script the same scaling', async () => {
  const { scaling = [] } = readTrainedModel(folder);
  const networks = await readNetworks(folder);
  expect([networks?.trained.scaling, networks?.untrained.scaling]).toEqual([scaling, scaling]);
  const page = readFileSync(await writeNotebook(folder), 'utf8');
  const [, payload = ''] = /<template id="live-data">(.*?)<\/template>/s.exec(page) ?? [];
  const shown = payload.replaceAll('&quot;', '"').replaceAll('&#34;', '"');
  expect(shown).toContain(`"scaling":${JSON.stringify(scaling)}`);
  // The input in layerValues is what the live cells show.
  const module = await loadKernelModule('plain');
  const image = data.test.images.subarray(0, 360);
  const { values } = createPredictor({ ...readTrainedModel(folder), module }).layerValues(image);
  expect([...values[0]]).toEqual(
    Array.from(image, (byte, at) => scaleByte(byte, scaling[Math.floor(at / 120)])),
  );
});

it('is said in the notebook with its numbers', async () => {
  const page = readFileSync(await writeNotebook(folder), 'utf8').replaceAll(/\s+/g, ' ');
  const { means = [], deviations = [] } = record.data.standardization ?? {};
  expect(page).toContain('Pixel values are standardized, each channel by itself');
  for (const k of [0, 1, 2]) {
    expect(page).toContain(`${means[k].toFixed(4)} ± ${deviations[k].toFixed(4)}`);
  }
});
