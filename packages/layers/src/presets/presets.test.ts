// Shapes and parameters of every preset that the worked examples state.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { summarize } from '../model/summary.ts';
import { presets } from './index.ts';

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
