import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import { toCheckedModel } from './check.ts';
import { presets } from '../presets/index.ts';
import { layerKinds } from '../registry.ts';

const model = (...layers: unknown[]) => ({ input: [1, 8, 8], layers });
const conv = (settings: object) =>
  model({ kind: 'conv2d', filters: 2, kernelSize: 3, ...settings });

describe('toCheckedModel', () => {
  test.each(Object.entries(presets))('takes the preset %s as it is', (_, preset) => {
    expect(toCheckedModel(preset)).toEqual(preset);
  });

  test('copies: undefined is left out, getters are read once, null is no prototype', () => {
    const layer = Object.assign(Object.create(null) as object, { kind: 'flatten' });
    const given = {
      name: undefined,
      ...model(layer, dense({ units: 2 })),
      note: { by: ['me', 1] },
    };
    const copy = toCheckedModel(given);
    expect(copy).toEqual({ ...model(flatten(), dense({ units: 2 })), note: { by: ['me', 1] } });
    expect(copy.input).not.toBe(given.input);
  });

  const what = 'model: expected what defineModel({ input, layers }) gives, got';
  const layer = 'model.layers[0]: expected a layer such as dense({ units: 10 }), got';
  const size = 'model.layers[0].kernelSize: expected a number or [height, width], got';
  const endless = Object.assign([1, 1], {
    [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }),
  });
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const plain = 'a number, text, true, false, null, or a list or object of those';

  test.each<[given: unknown, message: string]>([
    [undefined, `${what} nothing`],
    [null, `${what} null`],
    ['simple-convnet', `${what} "simple-convnet"`],
    [[], `${what} a list of 0`],
    [() => model(), `${what} a function; put () after its name`],
    [Promise.resolve(model(relu())), `${what} an object`],
    [{ layers: [relu()] }, 'model.input: expected a list such as [1, 28, 28], got nothing'],
    [{ input: 784, layers: [] }, 'model.input: expected a list such as [1, 28, 28], got 784'],
    [{ input: ['1', 8, 8], layers: [] }, 'model.input[0]: expected a number, got "1"'],
    [
      { input: new Array(9).fill(1), layers: [relu()] },
      'model.input: expected a list such as [1, 28, 28], of at most 8 items, got a list of 9',
    ],
    [
      { input: [1, NaN, 8], layers: [relu()] },
      'model.input: expected positive integers such as [1, 28, 28], got [1×NaN×8]',
    ],
    [{ input: [1, 8, 8] }, 'model.layers: expected a list of layers, got nothing'],
    [
      { input: [1, 8, 8], layers: { 0: relu() } },
      'model.layers: expected a list of layers, got an object',
    ],
    [model(), 'model.layers: expected at least one layer, got none'],
    [{ ...model(relu()), name: 5 }, 'model.name: expected text of at most 1000 characters, got 5'],
    [model(relu), `${layer} a function; put () after its name`],
    [model('relu'), `${layer} "relu"`],
    [model(null), `${layer} null`],
    [model(new Map()), `${layer} an object`],
    [
      model({ kind: 'conv3d' }),
      `model.layers[0].kind: expected one of ${Object.keys(layerKinds).join(', ')}, got "conv3d"`,
    ],
    [
      model({ kind: Symbol('conv2d') }),
      `model.layers[0].kind: expected one of ${Object.keys(layerKinds).join(', ')}, got a symbol`,
    ],
    [conv({ filters: '30' }), 'model.layers[0].filters: expected a number, got "30"'],
    [conv({ filters: 30n }), 'model.layers[0].filters: expected a number, got 30n'],
    [
      conv({ filters: undefined }),
      'conv1.filters: expected an integer of at least 1, got undefined',
    ],
    [conv({ filters: Infinity }), 'conv1.filters: expected an integer of at least 1, got Infinity'],
    [conv({ kernelSize: undefined }), `${size} nothing`],
    [conv({ kernelSize: null }), `${size} null`],
    [conv({ kernelSize: {} }), `${size} an object`],
    [conv({ kernelSize: '33' }), `${size} "33"`],
    [conv({ kernelSize: [3, 3, 3] }), `${size} a list of 3`],
    [conv({ kernelSize: [3, '3'] }), 'model.layers[0].kernelSize[1]: expected a number, got "3"'],
    [
      conv({ stride: false }),
      'model.layers[0].stride: expected a number or [height, width], got false',
    ],
    [conv({ bias: 'no' }), 'model.layers[0].bias: expected true or false, got "no"'],
    [
      conv({ initializer: () => 0 }),
      'model.layers[0].initializer: expected an initializer such as gaussian(0.01), got a function; put () after its name',
    ],
    [
      conv({ strides: 2 }),
      'model.layers[0], conv2d: expected settings among filters, kernelSize, stride, padding, ' +
        'dilation, groups, bias, rounding, initializer, got "strides"',
    ],
    [
      model({ kind: 'relu', slope: 0.1 }),
      'model.layers[0], relu: expected no settings, got "slope"',
    ],
    [
      { ...model(relu()), note: cycle },
      `model.note.self.self.self.self: expected ${plain}, got an object`,
    ],
    [{ ...model(relu()), note: [new Date(0)] }, `model.note[0]: expected ${plain}, got an object`],
    [
      model({ kind: 'maxPool2d' }),
      'model.layers[0].size: expected a number or [height, width], got nothing',
    ],
  ])('refuses %o: %s', (given, message) => {
    expect(() => toCheckedModel(given)).toThrow(new ConfigurationError(message));
  });

  // Not in the table: a title of it would have 4 GB.
  test('refuses a list of 4,000,000,000 layers at once', () => {
    expect(() => toCheckedModel({ input: [1], layers: new Array(4e9) })).toThrow(
      new ConfigurationError(
        'model.layers: expected a list of layers, of at most 1000 items, got a list of 4000000000',
      ),
    );
  });

  test('reads lists by index, whatever their iterator does', () => {
    expect(toCheckedModel(conv({ kernelSize: endless })).layers[0]).toEqual(
      conv2d({ filters: 2, kernelSize: [1, 1] }),
    );
  });

  const most =
    'model: expected at most 4 GiB for its parameters, their gradients and four samples, got';
  const advice = 'take fewer filters or units, or a smaller input';
  test.each<[title: string, given: unknown, got: string]>([
    [
      'dense layers',
      model(flatten(), dense({ units: 1e9 })),
      '499 GiB, of which 499 GiB in dense1',
    ],
    [
      'sums of layers',
      model(flatten(), dense({ units: 30_000 }), dense({ units: 18_000 })),
      '4.04 GiB, of which 4.02 GiB in dense2',
    ],
    [
      'inputs',
      {
        input: [1, 2 ** 14, 2 ** 14],
        layers: [conv2d({ filters: 1, kernelSize: 1, stride: 999 })],
      },
      '4 GiB, of which 4 GiB in the input',
    ],
    [
      'sizes past 2^53',
      { input: [1, 2 ** 53 - 1, 2 ** 53 - 1], layers: [relu()] },
      '2.42e+24 GiB, of which 1.21e+24 GiB in the input',
    ],
    [
      'padding',
      conv({ padding: 2 ** 40 }),
      '144000000000000000 GiB, of which 144000000000000000 GiB in conv1',
    ],
    [
      'windows that stand at many places',
      { input: [1, 1e8, 1], layers: [maxPool2d({ size: [16_383, 1], stride: 1 })] },
      '97600 GiB, of which 97600 GiB in pool1',
    ],
  ])('refuses %s beyond memory', (_, given, got) => {
    expect(() => toCheckedModel(given)).toThrow(
      new ConfigurationError(`${most} ${got}; ${advice}`),
    );
  });
});
