import { ConfigurationError, type Shape } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { describe, expect, test } from 'vitest';
import { relu } from '../activations/relu.ts';
import { batchNorm } from '../batch-norm/batch-norm.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { dropout } from '../dropout/dropout.ts';
import { flatten } from '../flatten/flatten.ts';
import { toCheckedModel } from '../model/check.ts';
import { resolveModel } from '../model/model.ts';
import { innerKinds, layerKinds, type LayerSpec } from '../registry.ts';
import { runModel } from '../run-model.ts';
import { runReference } from '../testing/reference-model.ts';
import { residual } from './residual.ts';

const conv = conv2d({ filters: 2, kernelSize: 3, padding: 1, bias: false });
const halving = conv2d({ filters: 4, kernelSize: 3, padding: 1, stride: 2, bias: false });

test('layers and parameters are named after their block', () => {
  const block = residual({ layers: [halving, batchNorm(), relu(), conv] });
  const { layers, parameters } = resolveModel({
    input: [2, 5, 4],
    layers: [block, relu(), residual({ layers: [conv] }), conv],
  });
  expect(layers.map(({ name }) => name)).toEqual(['residual1', 'relu1', 'residual2', 'conv1']);
  expect(parameters.map(({ name, shape }) => `${name} ${shape.join('×')}`)).toEqual([
    'residual1.conv1.weight 4×2×3×3',
    'residual1.bn1.weight 4',
    'residual1.bn1.bias 4',
    'residual1.bn1.running_mean 4',
    'residual1.bn1.running_var 4',
    'residual1.conv2.weight 2×4×3×3',
    'residual1.shortcut.weight 2×2×1×1',
    'residual2.conv1.weight 2×2×3×3',
    'conv1.weight 2×2×3×3',
  ]);
  expect(layers[0]).toMatchObject({
    outputShape: [2, 3, 2],
    multiplyAdds: 6 * (4 * 18 + 2 * 36 + 2 * 2),
    branches: { shortcut: { name: 'residual1.shortcut', window: { stride: [2, 2] } } },
  });
});

test('every layer has a place of its own in the model: random numbers depend on it', () => {
  const block = residual({ shortcut: 'conv', layers: [dropout(), conv] });
  const { layers } = resolveModel({ input: [2, 3, 3], layers: [dropout(), block, dropout()] });
  const inside = layers.flatMap(({ index, branches }) => [
    index,
    ...(branches ? [...branches.body, branches.shortcut] : []).map((layer) => layer?.index),
  ]);
  expect(inside).toEqual([0, 1, 2, 3, 4, 5]);
});

describe('by hand: y = max(2x + 1, 0) · 3 + x of one number', () => {
  const model = resolveModel({
    input: [1],
    layers: [residual({ layers: [dense({ units: 1 }), relu(), dense({ units: 1 })] })],
  });
  const parameters = new Map(
    Object.entries({
      'dense1.weight': 2,
      'dense1.bias': 1,
      'dense2.weight': 3,
      'dense2.bias': 0,
    }).map(([name, value]) => [`residual1.${name}`, Float32Array.of(value)] as const),
  );
  const batch = { model, parameters, batchSize: 2, x: Float32Array.of(2, -4) };
  const dY = Float32Array.of(1, 10);
  const gradients = { 'dense1.weight': 6, 'dense1.bias': 3, 'dense2.weight': 5, 'dense2.bias': 11 };

  test.each(['kernels', 'reference'])('%s', async (who) => {
    const module = await loadKernelModule('plain');
    const got =
      who === 'kernels' ? runModel({ ...batch, dY, module }) : runReference({ ...batch, dY });
    expect([...got.y]).toEqual([17, -4]);
    expect([...got.dX]).toEqual([1 + 6, 10]);
    const wanted = Object.entries(gradients).map(
      ([name, value]) => [`residual1.${name}`, [value]] as const,
    );
    const own = [...got.gradients].map(([name, values]) => [name, [...values]] as const);
    expect(new Map(own)).toEqual(new Map(wanted));
  });
});

describe('what it refuses', () => {
  const { residual: _, ...others } = layerKinds;
  const inside = `expected one of ${Object.keys(others).join(', ')}, got`;
  const rows: [input: Shape, block: LayerSpec, message: string][] = [
    [[2], residual({ layers: [] }), '.layers: expected at least one layer that computes, got none'],
    [
      [2],
      residual({ layers: [flatten()] }),
      '.layers: expected at least one layer that computes, got flatten',
    ],
    [
      [2, 4, 4],
      residual({ layers: [halving], shortcut: 'identity' }),
      ": expected layers that keep the shape 2×4×4 of their input, got 4×2×2; take shortcut 'conv', " +
        'or other layers',
    ],
    [
      [4],
      residual({ layers: [dense({ units: 3 })] }),
      ": expected maps, which the shortcut's convolution takes and gives, got 4 and 3; " +
        'take layers that keep the shape of their input',
    ],
    [
      [4],
      residual({ layers: [dense({ units: 4 })], shortcut: 'conv' }),
      ": expected maps, which the shortcut's convolution takes and gives, got 4 and 4; " +
        'take layers that keep the shape of their input',
    ],
    [
      [2, 9, 9],
      residual({ layers: [conv2d({ filters: 2, kernelSize: 3, stride: [2, 1] })] }),
      ': expected layers that give the rows and columns of a 1×1 convolution with a stride, ' +
        'got 2×4×7 from 2×9×9; give the layers padding, or a stride',
    ],
    [
      [3],
      residual({ layers: [relu(), conv] }),
      '.conv1: expected input [channels, height, width], got 3; put conv2d before flatten()',
    ],
    [
      [3],
      { kind: 'residual', layers: [relu()], shortcut: JSON.parse('"none"') as 'conv' },
      '.shortcut: expected identity or conv, got "none"',
    ],
    [
      [3],
      // @ts-expect-error: a block inside a block
      residual({ layers: [relu(), residual({ layers: [relu()] })] }),
      `.layers[1].kind: ${inside} "residual"`,
    ],
  ];
  test.each(rows)('on %o: %o', (input, block, message) => {
    const model = { input, layers: [block] };
    expect(() => resolveModel(model)).toThrow(new ConfigurationError(`residual1${message}`));
  });

  const known = Object.keys(innerKinds).join(', ');
  test.each<[layer: object, message: string]>([
    [{ kind: 'residual' }, 'model.layers[0].layers: expected a list of layers, got nothing'],
    [
      { kind: 'residual', layers: relu },
      'model.layers[0].layers: expected a list of layers, got a function; put () after its name',
    ],
    [
      { kind: 'residual', layers: [{ kind: 'conv3d' }] },
      `model.layers[0].layers[0].kind: expected one of ${known}, got "conv3d"`,
    ],
    [
      { kind: 'residual', layers: [{ kind: 'residual', layers: [relu()] }] },
      `model.layers[0].layers[0].kind: expected one of ${known}, got "residual"`,
    ],
    [
      { kind: 'residual', layers: [{ kind: 'relu', slope: 1 }] },
      'model.layers[0].layers[0], relu: expected no settings, got "slope"',
    ],
    [
      { kind: 'residual', layers: new Array(1001).fill(relu()) },
      'model.layers[0].layers: expected a list of layers, of at most 1000 items, got a list of 1001',
    ],
  ])('in a model that no type checker saw: %o', (layer, message) => {
    expect(() => toCheckedModel({ input: [3], layers: [layer] })).toThrow(
      new ConfigurationError(message),
    );
  });

  test('more than 1000 layers in all', () => {
    const block = residual({ layers: new Array<LayerSpec>(500).fill(relu()) });
    expect(() => toCheckedModel({ input: [3], layers: [block, block] })).toThrow(
      new ConfigurationError(
        'model.layers: expected at most 1000 layers with those inside residual blocks, got 1002',
      ),
    );
  });
});

test('a model from a file keeps its blocks', () => {
  const model = { input: [2, 4, 4], layers: [residual({ layers: [conv, relu(), conv] }), relu()] };
  expect(toCheckedModel(JSON.parse(JSON.stringify(model)))).toEqual(model);
});
