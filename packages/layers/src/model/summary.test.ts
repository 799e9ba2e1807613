import { describe, expect, test } from 'vitest';
import { batchNorm } from '../batch-norm/batch-norm.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import { presets } from '../presets/index.ts';
import { residual } from '../residual/residual.ts';
import { allRows, summarize } from './summary.ts';

describe('summarize', () => {
  const summary = summarize({
    input: [1, 8, 8],
    layers: [
      relu(),
      conv2d({ filters: 3, kernelSize: [3, 2], stride: [1, 2], padding: [1, 0] }),
      relu(),
      relu(),
      maxPool2d({ size: 2 }),
      flatten(),
      dense({ units: 4 }),
      relu(),
    ],
  });

  test('puts an activation into the row before it, unless that has one', () => {
    expect(summary.layers.map(({ name, activation }) => [name, activation])).toEqual([
      ['relu1', null],
      ['conv1', 'relu'],
      ['relu3', null],
      ['pool1', null],
      ['flatten1', null],
      ['dense1', 'relu'],
    ]);
  });

  test('tells everything about a convolution', () => {
    expect(summary.layers[1]).toEqual({
      name: 'conv1',
      kind: 'conv2d',
      inputShape: [1, 8, 8],
      outputShape: [3, 8, 4],
      filters: 3,
      kernelSize: [3, 2],
      stride: [1, 2],
      padding: [1, 0],
      activation: 'relu',
      parameters: 3 * 6 + 3,
      parametersWithoutBias: 3 * 6,
      multiplyAdds: 3 * 8 * 4 * 6,
      dilation: [1, 1],
      dropped: [0, 0],
    });
  });

  test('tells what a layer without window or parameters has', () => {
    expect(summary.layers[4]).toEqual({
      name: 'flatten1',
      kind: 'flatten',
      inputShape: [3, 4, 2],
      outputShape: [24],
      filters: null,
      kernelSize: null,
      stride: null,
      padding: null,
      activation: null,
      parameters: 0,
      parametersWithoutBias: 0,
      multiplyAdds: 0,
      dropped: [0, 0],
      dilation: null,
    });
  });

  test('a block has the counts of the rows inside it', () => {
    const conv = (filters: number, stride = 1) =>
      conv2d({ filters, kernelSize: 3, padding: 1, stride, bias: false });
    const block = residual({ layers: [conv(4, 2), batchNorm(), relu(), conv(4), batchNorm()] });
    const { layers, ...totals } = summarize({ input: [2, 6, 6], layers: [block, relu()] });
    expect(
      allRows(layers).map(({ name, activation, parameters, multiplyAdds }) => [
        name,
        activation,
        parameters,
        multiplyAdds,
      ]),
    ).toEqual([
      ['residual1', 'relu', 72 + 8 + 144 + 8 + 8, 9 * (72 + 144 + 8)],
      ['residual1.conv1', null, 72, 9 * 72],
      ['residual1.bn1', 'relu', 8, 0],
      ['residual1.conv2', null, 144, 9 * 144],
      ['residual1.bn2', null, 8, 0],
      ['residual1.shortcut', null, 8, 9 * 8],
    ]);
    expect(totals).toEqual({ parameters: 240, parametersWithoutBias: 232, multiplyAdds: 9 * 224 });
  });

  test('adds up', () => {
    expect(summary.parameters).toBe(3 * 6 + 3 + 4 * 24 + 4);
    expect(summary.parametersWithoutBias).toBe(3 * 6 + 4 * 24);
    expect(summary.multiplyAdds).toBe(3 * 8 * 4 * 6 + 4 * 24);
  });

  test.each(Object.keys(presets))(
    'preset %s resolves, ends in classes and has its name',
    (name) => {
      const spec = presets[name];
      expect(spec.name).toBe(name);
      expect(summarize(spec).layers.at(-1)?.outputShape).toHaveLength(1);
    },
  );
});
