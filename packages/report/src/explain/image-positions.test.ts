import { join } from 'node:path';
import type { LayerSpec } from '@convbook/layers';
import { readRun, type Evaluation } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { describe, expect, test } from 'vitest';
import { neighbourLabels } from '../analysis/nearest-neighbours.ts';
import { networksOf } from '../testing/networks.ts';
import { imagePositions, type ImagePositions } from './image-positions.ts';
import { imagesToPlace } from './images-to-place.ts';

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

test('neighbours are those of a sample that has the shares of the test set, not of all points', async () => {
  const small = [1, 10, 10];
  const networks = await networksOf({ input: small, layers: models['null, 784'] });
  const settings = { testSamples: 2600, input: small, logitNoise: 3 };
  const few = readRun(writeSyntheticRun(join(temporaryDirectory(), 'run'), settings));
  const evaluation = few.evaluation as Evaluation;
  const pictures = [...(few.samples?.images.values() ?? [])];
  const images = new Map(
    Array.from({ length: 2600 }, (_, index) => [index, pictures[index % pictures.length]]),
  );
  const all = { ...few, samples: { shape: small, images } };
  const found = imagePositions(networks, all);
  if (found === null || typeof found === 'string') throw new Error(`found: got ${String(found)}`);
  const wrong = (of: number[]) => of.filter((index) => isWrong(evaluation, index)).length;
  expect(found.way).toBe('sample');
  expect(found.testSet).toEqual({ images: 2600, wrong: wrong([...evaluation.labels.keys()]) });
  const placed = found.images.map(({ index }) => index);
  const own = found.sample?.images ?? 0;
  expect(placed.length - own).toBeGreaterThan(100);
  expect(wrong(placed) / placed.length).toBeGreaterThan((1.2 * found.testSet.wrong) / 2600);
  const { sample } = imagesToPlace(evaluation, all.samples, 2000);
  const part = found.images.filter(({ index }) => sample?.includes(index));
  const labels = part.map(({ label }) => label);
  expect(part.length).toBe(own);
  expect(found.sample?.inPlane).toBe(
    neighbourLabels(
      part.flatMap(({ x, y }) => [x, y]),
      2,
      labels,
    ).same,
  );
});

function isWrong({ labels, logits, classes }: Evaluation, index: number): boolean {
  const own = logits.subarray(index * classes, (index + 1) * classes);
  return own[labels[index]] !== Math.max(...own);
}
