import { assertClose } from '@convbook/core/testing';
import { ConfigurationError, elementCount } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { describe, expect, test } from 'vitest';
import { ConstantTables } from '../calls/constant-tables.ts';
import { isTrained } from '../calls/resolved.ts';
import { planBatch } from '../plan/batch-plan.ts';
import { layOutParameters } from '../plan/parameter-layout.ts';
import {
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAvgPool2d,
  maxPool2d,
  prelu,
  relu,
  residual,
  type LayerSpec,
} from '../registry.ts';
import { runModel } from '../run-model.ts';
import { runReference } from '../testing/reference-model.ts';
import { normals, valuesOf } from '../testing/values.ts';
import { freezeLayers } from './freeze.ts';
import { resolveModel } from './model.ts';

const module = await loadKernelModule('plain');
const conv = (filters: number) => conv2d({ filters, kernelSize: 3, padding: 1 });
// Before batchNorm the gradient of a bias would be 0.
const plain = conv2d({ filters: 4, kernelSize: 3, padding: 1, bias: false });
const body = [plain, batchNorm(), relu(), conv(4)];

const everything: LayerSpec[] = [
  conv(4),
  prelu(),
  residual({ layers: body, shortcut: 'conv' }),
  relu(),
  flatten(),
  dense({ units: 5 }),
  batchNorm(),
  relu(),
  dense({ units: 3 }),
];

test.each([
  ['conv1', ['conv1.weight', 'conv1.bias']],
  [
    'residual1.bn1',
    ['weight', 'bias', 'running_mean', 'running_var'].map((p) => `residual1.bn1.${p}`),
  ],
  ['residual1.shortcut', ['residual1.shortcut.weight']],
  ['dense1', ['dense1.weight', 'dense1.bias']],
])('%s: its parameters and running statistics are frozen', (name, frozen) => {
  const { parameters } = freezeLayers(resolveModel({ input: [2, 5, 4], layers: everything }), [
    name,
  ]);
  expect(parameters.filter(({ isFrozen }) => isFrozen).map((own) => own.name)).toEqual(frozen);
});

test('a block stands for all layers inside it', () => {
  const model = freezeLayers(resolveModel({ input: [2, 5, 4], layers: everything }), ['residual1']);
  const names = model.parameters.filter(isTrained).map(({ name }) => name.split('.')[0]);
  expect([...new Set(names)]).toEqual(['conv1', 'prelu1', 'dense1', 'bn1', 'dense2']);
});

describe('what cannot be frozen', () => {
  const model = resolveModel({
    input: [2, 5, 4],
    layers: [conv(2), relu(), residual({ layers: [conv(2)] }), flatten(), dense({ units: 3 })],
  });
  test.each([['conv9'], ['relu1'], ['conv'], ['residual1.conv2'], ['flatten1']])('%s', (name) => {
    expect(() => freezeLayers(model, ['conv1', name])).toThrow(
      new ConfigurationError(
        'freeze: expected layers with parameters among conv1, residual1, residual1.conv1, dense1, ' +
          `got "${name}"`,
      ),
    );
  });

  test('all layers', () => {
    expect(() => freezeLayers(model, ['conv1', 'dense1', 'residual1'])).toThrow(
      new ConfigurationError(
        'freeze: expected a layer that is left to train, got all of them: conv1, dense1, residual1; ' +
          'leave the last one out',
      ),
    );
  });
});

// Each way in which a pass makes gradients; the layer before and the one after are trained.
const ways: [what: string, frozen: string, layers: LayerSpec[]][] = [
  ['a convolution', 'conv2', [conv(3)]],
  ['with ReLU', 'conv2', [conv(3), relu()]],
  ['by maxima', 'conv2', [conv(3), relu(), maxPool2d({ size: 2 })]],
  [
    'dilated, pooled',
    'conv2',
    [conv2d({ filters: 2, kernelSize: 2, dilation: 2 }), maxPool2d({ size: 2 })],
  ],
  ['by Winograd', 'conv2', [conv(16), relu()]],
  ['from the whole batch', 'conv2', [conv2d({ filters: 40, kernelSize: [6, 6] })]],
  ['batchNorm', 'bn1', [batchNorm()]],
  ['batchNorm with ReLU', 'bn1', [batchNorm(), relu()]],
  ['prelu', 'prelu1', [prelu()]],
  ['dense with ReLU', 'dense1', [flatten(), dense({ units: 30 }), relu()]],
  ['a residual block', 'residual1', [residual({ layers: body, shortcut: 'conv' }), relu()]],
  [
    'a block’s convolution',
    'residual1.conv2',
    [residual({ layers: body, shortcut: 'conv' }), relu()],
  ],
];

describe.each(ways)(
  '%s, frozen: the others’ gradients are the reference’s',
  (_, frozen, layers) => {
    const model = freezeLayers(
      resolveModel({
        input: [2, 6, 6],
        layers: [conv(16), dropout(), ...layers, flatten(), dense({ units: 3 })],
      }),
      [frozen],
    );
    const batchSize = 7;
    const parameters = valuesOf(model, normals);
    for (const { name, shape, isBuffer } of model.parameters) {
      const variances = normals(name, elementCount(shape)).map((value) => 0.5 + value * value);
      if (isBuffer) parameters.set(name, variances);
    }
    const x = normals('x', batchSize * elementCount(model.input));
    const dY = normals('dY', batchSize * 3);
    const batch = { model, parameters, x, dY, batchSize };
    const want = runReference(batch);

    test.each([4, 8])('shards of %i', (shardSize) => {
      const got = runModel({ ...batch, shardSize, module });
      const check = (values: ArrayLike<number>, wanted: ArrayLike<number>, what: string) => {
        const largest = Math.max(...Array.from(wanted, Math.abs));
        assertClose(values, wanted, { rtol: 1e-5, atol: 1e-5 * largest }, what);
      };
      check(got.y, want.y, 'y');
      check(got.dX, want.dX, 'dX');
      const trained = model.parameters.filter(isTrained).map(({ name }) => name);
      expect([...got.gradients.keys()].sort()).toEqual(trained.sort());
      for (const [name, gradient] of got.gradients) {
        check(gradient, want.gradients.get(name) ?? [], name);
      }
      const kept = model.parameters.filter(({ isFrozen }) => isFrozen);
      for (const { name } of kept) expect(got.buffers.get(name)).toEqual(parameters.get(name));
    });
  },
);

/** The layers with backward calls, without the loss. */
function backwardLayers(layers: LayerSpec[], ...frozen: string[]): string[] {
  const model = freezeLayers(resolveModel({ input: [2, 6, 6], layers }), frozen);
  const plan = planBatch(model, layOutParameters(model), new ConstantTables(), 8, 8);
  const calls = plan.shards[0].backward.flatMap((stage) => stage.calls);
  return [...new Set(calls.map(({ role }) => role?.layer ?? ''))];
}

describe('nothing before the first trained layer has a backward pass', () => {
  const layers = [conv(4), batchNorm(), relu(), conv(4), flatten(), dense({ units: 3 })];
  test.each([
    [['conv1'], ['dense1', 'conv2', 'bn1']],
    [
      ['conv1', 'bn1'],
      ['dense1', 'conv2'],
    ],
    [['conv1', 'bn1', 'conv2'], ['dense1']],
    [
      ['bn1', 'conv2'],
      ['dense1', 'conv2', 'bn1', 'conv1'],
    ],
  ])('frozen %s', (frozen, expected) => {
    expect(backwardLayers(layers, ...frozen)).toEqual(expected);
  });

  test.each([
    [
      ['conv1', 'residual1.conv1', 'residual1.bn1'],
      ['dense1', 'residual1.shortcut', 'residual1.conv2'],
    ],
    [
      ['conv1', 'residual1.shortcut'],
      ['dense1', 'residual1.conv2', 'residual1.bn1', 'residual1.conv1'],
    ],
    [['conv1', 'residual1'], ['dense1']],
  ])('frozen %s, with a block', (frozen, expected) => {
    const block = residual({ layers: body, shortcut: 'conv' });
    const model = [conv(4), block, globalAvgPool2d(), flatten(), dense({ units: 3 })];
    const found = backwardLayers(model, ...frozen).filter((name) => !name.startsWith('pool'));
    expect(found).toEqual(expected);
  });
});
