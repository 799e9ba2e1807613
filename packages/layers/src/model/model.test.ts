import { ConfigurationError, type Shape } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import { defineModel, resolveModel } from './model.ts';
import { layerKinds, type LayerSpec } from '../registry.ts';

describe('resolveModel', () => {
  const model = resolveModel({
    name: 'small',
    input: [2, 9, 8],
    layers: [
      conv2d({ filters: 3, kernelSize: [2, 3] }),
      relu(),
      maxPool2d({ size: 2 }),
      conv2d({ filters: 4, kernelSize: 3, stride: 2, padding: 1 }),
      relu(),
      flatten(),
      dense({ units: 5 }),
      dense({ units: 2 }),
    ],
  });

  test('works out every shape', () => {
    expect(model.layers.map(({ inputShape }) => inputShape)).toEqual([
      [2, 9, 8],
      [3, 8, 6],
      [3, 8, 6],
      [3, 4, 3],
      [4, 2, 2],
      [4, 2, 2],
      [16],
      [5],
    ]);
    expect(model.layers.map(({ outputShape }) => outputShape)).toEqual([
      [3, 8, 6],
      [3, 8, 6],
      [3, 4, 3],
      [4, 2, 2],
      [4, 2, 2],
      [16],
      [5],
      [2],
    ]);
    expect([model.name, model.input, model.output]).toEqual(['small', [2, 9, 8], [2]]);
  });

  test('numbers layers among their kind, and names parameters as PyTorch does', () => {
    expect(model.layers.map(({ name }) => name)).toEqual([
      'conv1',
      'relu1',
      'pool1',
      'conv2',
      'relu2',
      'flatten1',
      'dense1',
      'dense2',
    ]);
    expect(model.parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['conv1.weight', [3, 2, 2, 3]],
      ['conv1.bias', [3]],
      ['conv2.weight', [4, 3, 3, 3]],
      ['conv2.bias', [4]],
      ['dense1.weight', [5, 16]],
      ['dense1.bias', [5]],
      ['dense2.weight', [2, 5]],
      ['dense2.bias', [2]],
    ]);
  });

  test('counts the multiply-adds of one sample', () => {
    expect(model.layers.map(({ multiplyAdds }) => multiplyAdds)).toEqual([
      3 * 8 * 6 * (2 * 2 * 3),
      0,
      0,
      4 * 2 * 2 * (3 * 3 * 3),
      0,
      0,
      5 * 16,
      2 * 5,
    ]);
  });

  test('fills defaults: stride 1 and padding 0 of conv2d, the stride of pooling', () => {
    expect(model.layers[0].window).toEqual({
      kernelSize: [2, 3],
      stride: [1, 1],
      padding: [0, 0],
      dilation: [1, 1],
      dropped: [0, 0],
      groups: 1,
    });
    expect(model.layers[2].window).toEqual({
      kernelSize: [2, 2],
      stride: [2, 2],
      padding: [0, 0],
      dilation: [1, 1],
      dropped: model.layers[2].window?.dropped,
    });
    expect(resolveModel({ input: [1], layers: [relu()] }).name).toBe('model');
  });

  test('a model is plain data: a structured clone resolves to the same', () => {
    const spec = defineModel({ input: [3], layers: [dense({ units: 2 }), relu()] });
    const clone = structuredClone(spec);
    expect(clone).toEqual(spec);
    expect(resolveModel(JSON.parse(JSON.stringify(spec)) as typeof spec)).toEqual(
      resolveModel(spec),
    );
  });
});

const image: Shape = [1, 4, 6];
const conv = (settings: object) => conv2d({ filters: 2, kernelSize: 2, ...settings });
const kinds = Object.keys(layerKinds).join(', ');

const refusals: [message: string, input: Shape, layers: LayerSpec[]][] = [
  ['model.input: expected positive integers such as [1, 28, 28], got []', [], [relu()]],
  [
    'model.input: expected positive integers such as [1, 28, 28], got [1×0×28]',
    [1, 0, 28],
    [relu()],
  ],
  ['model.input: expected positive integers such as [1, 28, 28], got [2.5]', [2.5], [relu()]],
  ['model.layers: expected at least one layer, got none', image, []],
  [
    `model.layers[1].kind: expected one of ${kinds}, got "conv3d"`,
    image,
    [relu(), { kind: 'conv3d' } as unknown as LayerSpec],
  ],
  [
    `model.layers[0].kind: expected one of ${kinds}, got "toString"`,
    image,
    [{ kind: 'toString' } as unknown as LayerSpec],
  ],
  ['conv1.filters: expected an integer of at least 1, got 0', image, [conv({ filters: 0 })]],
  ['conv1.filters: expected an integer of at least 1, got 1.5', image, [conv({ filters: 1.5 })]],
  [
    'conv1.kernelSize: expected an integer of at least 1, got 0',
    image,
    [conv({ kernelSize: [2, 0] })],
  ],
  ['conv1.stride: expected an integer of at least 1, got 0', image, [conv({ stride: 0 })]],
  ['conv1.padding: expected an integer of at least 0, got -1', image, [conv({ padding: [0, -1] })]],
  [
    'conv2: the window 2×2 does not fit its input, got 1×2 with padding 0×0; take a smaller window or more padding',
    image,
    [conv({ stride: 3 }), conv({})],
  ],
  [
    'conv1: expected input [channels, height, width], got 24; put conv2d before flatten()',
    image,
    [flatten(), conv({})],
  ],
  ['pool1.size: expected an integer of at least 1, got NaN', image, [maxPool2d({ size: NaN })]],
  [
    'pool1: the window 5×2 does not fit its input, got 4×6 with padding 0×0; take a smaller window or more padding',
    image,
    [maxPool2d({ size: [5, 2] })],
  ],
  [
    'pool1.padding: expected at most half the window 3×3, got 2×0',
    image,
    [maxPool2d({ size: 3, padding: [2, 0] })],
  ],
  [
    'pool1.size: expected a window of at most 16383 positions, got 129×128; pool twice',
    [1, 129, 128],
    [maxPool2d({ size: [129, 128] })],
  ],
  [
    'pool1: expected input [channels, height, width], got 7; put maxPool2d before flatten()',
    [7],
    [maxPool2d({ size: 2 })],
  ],
  [
    'dense1: expected input [inputs], got 1×4×6; put flatten() before dense()',
    image,
    [dense({ units: 1 })],
  ],
  ['dense1.units: expected an integer of at least 1, got -3', [7], [dense({ units: -3 })]],
];

describe('resolveModel refuses', () => {
  test.each(refusals)('%s', (message, input, layers) => {
    expect(() => resolveModel({ input, layers })).toThrow(new ConfigurationError(message));
  });
});
