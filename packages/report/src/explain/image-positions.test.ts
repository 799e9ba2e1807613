import { join } from 'node:path';
import type { LayerSpec } from '@convbook/layers';
import { readRun, type Evaluation } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { describe, expect, test } from 'vitest';
import { networksOf } from '../testing/networks.ts';
import { imagePositions, imagesToPlace, type ImagePositions } from './image-positions.ts';

const run = readRun(writeSyntheticRun(join(temporaryDirectory(), 'run'), { testSamples: 300 }));
const input = [1, 28, 28];
const convolution: LayerSpec = { kind: 'conv2d', filters: 3, kernelSize: 5, stride: 4 };
const dense = (units: number): LayerSpec => ({ kind: 'dense', units });
const relu: LayerSpec = { kind: 'relu' };

async function placed(layers: LayerSpec[]): Promise<ImagePositions> {
  const found = imagePositions(await networksOf({ input, layers }), run);
  if (found === null || typeof found === 'string') throw new Error(`placed: got ${String(found)}`);
  return found;
}

const models: Readonly<Record<string, LayerSpec[]>> = {
  'dense1 + relu2, 20': [convolution, relu, { kind: 'flatten' }, dense(20), relu, dense(10)],
  'dense1 + bn1 + relu1, 8': [
    { kind: 'flatten' },
    dense(8),
    { kind: 'batchNorm' },
    relu,
    dense(10),
    { kind: 'softmax' },
  ],
  'pool1, 3': [
    { kind: 'residual', layers: [convolution, { kind: 'batchNorm' }] },
    relu,
    { kind: 'globalAvgPool2d' },
    dense(10),
  ],
  'null, 784': [{ kind: 'flatten' }, dense(10)],
};

describe.each(Object.entries(models))('%s', (name, layers) => {
  test('is the layer whose values are placed, the same bits each time', async () => {
    const found = await placed(layers);
    expect(`${found.layer}, ${found.dimensions}`).toBe(name);
    expect(await placed(layers)).toEqual(found);
    const [first, second] = found.shares;
    expect(first).toBeGreaterThanOrEqual(second);
    expect(first + second).toBeLessThanOrEqual(1 + 1e-9);
  });
});

test('every mistake that the run keeps is placed, with its label', async () => {
  const { images } = await placed(models['null, 784']);
  const { labels, logits, classes } = run.evaluation as Evaluation;
  expect(images.length).toBe(run.samples?.images.size);
  for (const { index, label, isRight } of images) {
    const own = logits.subarray(index * classes, (index + 1) * classes);
    expect(label).toBe(labels[index]);
    expect(isRight).toBe(own[label] === Math.max(...own));
  }
});

test('images of the same values are all alike', async () => {
  const networks = await networksOf({ input, layers: models['dense1 + relu2, 20'] });
  networks.trained.parameters.get('dense1.weight')?.fill(0);
  expect(imagePositions(networks, run)).toBe('all alike');
});

test('a model that takes too long has no map', async () => {
  const large = await networksOf({
    input,
    layers: [
      { kind: 'conv2d', filters: 1600, kernelSize: 27, padding: 13 },
      { kind: 'globalAvgPool2d' },
      dense(10),
    ],
  });
  expect(imagePositions(large, run)).toBe('too large');
});

test('without images or answers there is nothing to place', async () => {
  const networks = await networksOf({ input, layers: models['null, 784'] });
  expect(imagePositions(networks, { ...run, samples: null })).toBeNull();
  expect(imagePositions(networks, { ...run, evaluation: null })).toBeNull();
});

/** Labels 0 0 0 1 1 1 …; the answer to some images is wrong, more clearly the later they come. */
function evaluationOf(labels: readonly number[], wrong: readonly number[]): Evaluation {
  const logits = labels.flatMap((label, index) => {
    const said = wrong.includes(index) ? 1 - label : label;
    return [0, 1].map((k) => (k === said ? 1 + index : 0));
  });
  return {
    samples: labels.length,
    classes: 2,
    logits: Float32Array.from(logits),
    labels: Uint8Array.from(labels),
  };
}

test.each([
  ['as many right ones of each class as fit', [1], 5, [0, 1, 2, 4, 5]],
  ['all of them', [1], 100, [0, 1, 2, 3, 4, 5, 6, 7]],
  ['the worst half of many mistakes', [0, 1, 2, 3, 4], 4, [3, 4, 5, 6]],
  ['more mistakes where the others are few', [0, 1, 2, 3, 4, 5, 6], 4, [4, 5, 6, 7]],
])('images to place: %s', (_, wrong, count, expected) => {
  const evaluation = evaluationOf([0, 0, 0, 0, 1, 1, 1, 1], wrong);
  const images = new Map(Array.from({ length: 8 }, (_, index) => [index, new Uint8Array(1)]));
  expect(imagesToPlace(evaluation, { shape: [1, 1, 1], images }, count)).toEqual(expected);
});
