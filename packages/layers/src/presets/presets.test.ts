// Shapes and parameters of every preset that the worked examples state.
import { readFileSync } from 'node:fs';
import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { resolveModel } from '../model/model.ts';
import { summarize } from '../model/summary.ts';
import { presetFor, presets } from './index.ts';
import type { PresetData } from './preset.ts';

interface Worked {
  input: number[];
  classes: number;
  outputs?: number[][];
  params: number;
  paramsWithoutBias?: number;
}

const file = new URL('../../../../test/worked-examples.json', import.meta.url);
const { models } = JSON.parse(readFileSync(file, 'utf8')) as { models: Record<string, Worked> };

describe.each(Object.entries(models))('%s', (name, worked) => {
  const { layers, parameters, parametersWithoutBias } = summarize(presets[name]);

  test('parameters', () => {
    expect(parameters).toBe(worked.params);
    if (worked.paramsWithoutBias !== undefined) {
      expect(parametersWithoutBias).toBe(worked.paramsWithoutBias);
    }
  });

  test('shapes', () => {
    expect(presets[name].input.reduce((a, b) => a * b)).toBe(worked.input.reduce((a, b) => a * b));
    expect(layers.at(-1)?.outputShape).toEqual([worked.classes]);
    if (worked.outputs)
      expect(layers.map(({ outputShape }) => outputShape)).toEqual(worked.outputs);
  });
});

test('mnist-best', () => {
  const { layers, parameters } = summarize(presets['mnist-best']);
  // 16·25 + 16, 32·16·9 + 32, 32·32·9 + 32, 64·32·9 + 64, two of each channel, 10·3136 + 10
  expect(parameters).toBe(416 + 4640 + 9248 + 18_496 + 2 * (16 + 32 + 32 + 64) + 31_370);
  expect(layers.filter(({ kind }) => kind === 'conv2d').map((layer) => layer.outputShape)).toEqual([
    [16, 28, 28],
    [32, 14, 14],
    [32, 14, 14],
    [64, 7, 7],
  ]);
});

test('lenet and alexnet', () => {
  expect(summarize(presets.lenet).parameters).toBe(61_706);
  expect(summarize(presets.alexnet).parameters).toBe(60_965_224);
});

test('photo-net and resnet-mini', () => {
  const block = (from: number, filters: number, shortcut = 0) =>
    9 * filters * (from + filters) + 4 * filters + shortcut * from * filters;
  const photo = summarize(presets['photo-net']);
  expect(photo.parameters).toBe(
    75 * 16 + 32 + block(16, 32, 1) + block(32, 64, 1) + block(64, 128, 1) + 1290,
  );
  expect(photo.layers.map(({ outputShape }) => outputShape.join('×'))).toEqual([
    '16×32×32',
    '16×32×32',
    '16×16×16',
    '32×16×16',
    '64×8×8',
    '128×4×4',
    '128',
    '10',
  ]);
  const resnet = summarize(presets['resnet-mini']);
  expect(resnet.parameters).toBe(
    27 * 16 +
      32 +
      2 * block(16, 16) +
      block(16, 32, 1) +
      block(32, 32) +
      block(32, 64, 1) +
      block(64, 64) +
      650,
  );
  expect(resnet.layers.at(-3)?.outputShape).toEqual([64, 8, 8]);
});

describe('presetFor', () => {
  test.each(Object.entries(presets))('%s for its own data is the preset', (name, preset) => {
    const classes = resolveModel(preset).output[0];
    expect(presetFor(name, { input: preset.input, classes })).toEqual(preset);
  });

  test.each(Object.keys(presets).filter((name) => name !== 'alexnet'))(
    '%s for five classes of 3 × 64 × 64',
    (name) => {
      const { input, output } = resolveModel(presetFor(name, { input: [3, 64, 64], classes: 5 }));
      expect({ input, output }).toEqual({ input: [3, 64, 64], output: [5] });
    },
  );

  const rows: [name: string, input: number[], message: string][] = [
    [
      'lenet',
      [3, 11, 64],
      'preset lenet: expected images of at least 12×12, got 11×64; take larger images, or another model',
    ],
    [
      'alexnet',
      [3, 64, 64],
      'preset alexnet: expected images of at least 67×67, got 64×64; take larger images, or another model',
    ],
    [
      'keras-figure',
      [1, 64, 20],
      'preset keras-figure: expected images of at least 32×32, got 64×20; take larger images, or another model',
    ],
    [
      'lenet',
      [64],
      'conv1: expected input [channels, height, width], got 64; put conv2d before flatten()',
    ],
    [
      'resnet',
      [3, 64, 64],
      `preset: expected one of ${Object.keys(presets).join(', ')}, got "resnet"`,
    ],
  ];
  test('of a data set itself names its fields', () => {
    const data = { sampleShape: [1, 28, 28], classes: 3 } as unknown as PresetData;
    expect(() => presetFor('lenet', data)).toThrow(
      new ConfigurationError(
        'presetFor: expected the fields input and classes, got sampleShape, classes; ' +
          "write presetFor('photo-net', { input: data.sampleShape, classes: data.classNames.length })",
      ),
    );
  });

  test.each(rows)('%s for %o: %s', (name, input, message) => {
    expect(() => presetFor(name, { input, classes: 5 })).toThrow(new ConfigurationError(message));
  });
});
