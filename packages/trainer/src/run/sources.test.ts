import path from 'node:path';
import { loadMnist, synthetic, type Dataset } from '@convbook/data';
import { presets, simpleConvnet } from '@convbook/layers';
import { expect, test } from 'vitest';
import { smallMnist } from '../testing/mnist.ts';
import { tinyData, tinyModel } from '../testing/tiny.ts';
import { describeData, describeModel, type RunParts } from './sources.ts';

const { lenet } = presets;
const directory = path.resolve('/runs/first');
const data = tinyData(10, 5);

const sha256 = '0'.repeat(64);
const file = (typed: string) => ({ path: '/models/c27.ts', typed, sha256 });
const fileSource = {
  kind: 'file',
  sha256,
  relativePath: '../../models/c27.ts',
  absolutePath: '/models/c27.ts',
};

test.each<[string, Pick<RunParts, 'model' | 'modelFile'>, object]>([
  ['a preset', { model: simpleConvnet }, { source: { kind: 'preset' }, word: 'simple-convnet' }],
  [
    'a copy of a preset',
    { model: structuredClone(lenet) },
    { source: { kind: 'preset' }, word: 'lenet' },
  ],
  [
    'another model with the name of a preset',
    { model: { ...tinyModel, name: 'lenet' } },
    { source: { kind: 'object' }, word: '<model of a program>' },
  ],
  [
    'a model without a name',
    { model: { input: tinyModel.input, layers: tinyModel.layers } },
    { source: { kind: 'object' }, word: '<model of a program>' },
  ],
  [
    'a file that exports a preset',
    { model: lenet, modelFile: file('models/c27.ts') },
    { source: fileSource, word: 'models/c27.ts' },
  ],
  [
    'a file with an absolute path',
    { model: tinyModel, modelFile: file('/models/../models/c27.ts') },
    { source: fileSource, word: '/models/c27.ts' },
  ],
])('%s', (_, parts, want) => {
  expect(describeModel({ ...parts, data, directory })).toEqual(want);
});

const shape = { sampleShape: [1, 6, 5], classes: 3 } as const;
const mnist = smallMnist(10);

test.each<[string, Dataset, object]>([
  ['MNIST', loadMnist(), { source: { kind: 'mnist' }, word: 'mnist' }],
  ['part of MNIST', mnist, { source: { kind: 'object' }, word: '<data of a program>' }],
  ['synthetic', synthetic(shape), { source: { kind: 'synthetic' }, word: 'synthetic' }],
  [
    'synthetic with options',
    synthetic({ ...shape, seed: 2, trainSamples: 12 }),
    { source: { kind: 'synthetic', seed: 2, trainSamples: 12 }, word: '<data of a program>' },
  ],
  ['hand-made', data, { source: { kind: 'object' }, word: '<data of a program>' }],
])('%s', (_, given, want) => {
  expect(describeData({ model: tinyModel, data: given, directory })).toEqual(want);
});
