import { join } from 'node:path';
import type { LayerSpec } from '@convbook/layers';
import { pageText } from '@convbook/page/testing';
import { readRun } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { describe, expect, test } from 'vitest';
import { networksOf } from '../testing/networks.ts';
import type { Cell } from './cell.ts';
import { explanationsCell } from './explanations.ts';
import { featureMapsCell } from './feature-maps.ts';

const run = readRun(writeSyntheticRun(join(temporaryDirectory(), 'run'), { testSamples: 200 }));
const answer: LayerSpec[] = [{ kind: 'flatten' }, { kind: 'dense', units: 10 }];

async function rendered({ render }: Cell, layers: LayerSpec[], changes = {}) {
  const networks = await networksOf({ input: [1, 28, 28], layers });
  const content = await render({ ...run, ...changes }, null, networks);
  return content === null ? null : pageText(content.toString()).replaceAll(/\s+/g, ' ');
}

describe.each([featureMapsCell, explanationsCell])('$id', (cell) => {
  test.each([
    ['has no model', {}, null],
    ['kept no images', { samples: null }, undefined],
    ['has no answers', { evaluation: null }, undefined],
  ])('is left out where the run %s', async (_, changes, none) => {
    const networks =
      none === null ? null : await networksOf({ input: [1, 28, 28], layers: answer });
    expect(await cell.render({ ...run, ...changes }, null, networks)).toBeNull();
  });
});

test('without maps there are no feature maps', async () => {
  expect(await rendered(featureMapsCell, answer)).toBeNull();
});

test('pooling alone has maps, and no filters that respond to anything', async () => {
  const text = await rendered(featureMapsCell, [{ kind: 'maxPool2d', size: 4 }, ...answer]);
  expect(text).toContain('pool1: 1 map of 7×7');
  expect(text).not.toContain('What each filter responds to');
});

test('a convolution without pooling shows its filters', async () => {
  const text = await rendered(featureMapsCell, [
    { kind: 'conv2d', filters: 3, kernelSize: 5, stride: 3 },
    ...answer,
  ]);
  expect(text).toContain('conv1: 3 maps of 8×8 receptive field 5×5');
  expect(text).toContain('conv1: 3 filters patches of 5×5');
});

test('without a convolution an answer is explained without Grad-CAM', async () => {
  const text = await rendered(explanationsCell, answer);
  expect(text).toContain('Occlusion');
  expect(text).toContain('The maps do not prove');
  expect(text).not.toContain('where the maps of');
});

test('Grad-CAM names its layer, and the check has a number for each method', async () => {
  const text = await rendered(explanationsCell, [
    { kind: 'conv2d', filters: 3, kernelSize: 5 },
    { kind: 'relu' },
    ...answer,
  ]);
  expect(text).toContain('where the maps of conv1 that raise the logit are active');
  expect(text).toMatch(
    /of the trained and the random network is Gradient −?[\d.]+, Occlusion −?[\d.]+, Grad-CAM −?[\d.]+\./,
  );
  expect(text).toContain('(seed 1)');
});
