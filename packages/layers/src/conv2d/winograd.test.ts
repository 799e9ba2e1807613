import { describe, expect, test } from 'vitest';
import { assertClose } from '@convbook/core/testing';
import { elementCount, type Shape } from '@convbook/core';
import type { KernelName } from '@convbook/core/kernels';
import { loadKernelModule } from '@convbook/core/node';
import { conv2d, conv2dKind, type Conv2dSpec } from './conv2d.ts';
import { strategyOf } from './strategy.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import { resolveModel } from '../model/model.ts';
import type { LayerSpec } from '../registry.ts';
import { runModel } from '../run-model.ts';
import { runReference } from '../testing/reference-model.ts';
import { normals, valuesOf } from '../testing/values.ts';

const module = await loadKernelModule('plain');
const head = [flatten(), dense({ units: 3 })];

// Tiles mix values of different size: the error is relative to the largest, and grows with the
// root of the number of channels that are summed.
function assertNear(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  channels: number,
  what: string,
): void {
  const largest = Array.from(want, Math.abs).reduce((a, b) => Math.max(a, b), 0);
  assertClose(got, want, { rtol: 0, atol: 1.25e-6 * Math.sqrt(channels) * largest }, what);
}

const models: [title: string, input: Shape, layers: LayerSpec[], gradient: KernelName][] = [
  [
    'conv, relu, pool: a last row of tiles that is cut',
    [16, 13, 11],
    [conv2d({ filters: 18, kernelSize: 3 }), relu(), maxPool2d({ size: 2 }), ...head],
    'pooledWeightGradient',
  ],
  [
    'padded by one and two, relu',
    [17, 7, 9],
    [conv2d({ filters: 16, kernelSize: 3, padding: [1, 2] }), relu(), ...head],
    'winogradWeightProducts',
  ],
  [
    'without bias, one tile high',
    [16, 6, 10],
    [conv2d({ filters: 19, kernelSize: 3, bias: false }), ...head],
    'convolveWeightGradient',
  ],
  [
    'more tiles and filters than are worked on at once',
    [20, 26, 26],
    [conv2d({ filters: 22, kernelSize: 3, padding: 1 }), ...head],
    'winogradWeightProducts',
  ],
  [
    'more weights than values: gradients from the whole batch',
    [63, 4, 4],
    [conv2d({ filters: 66, kernelSize: 3, padding: 1 }), relu(), ...head],
    'winogradWeightProducts',
  ],
  [
    'that without bias, two tiles',
    [111, 6, 7],
    [conv2d({ filters: 110, kernelSize: 3, bias: false }), ...head],
    'winogradWeightProducts',
  ],
  [
    '5×5, relu, pool: a last row and column of tiles that are cut',
    [7, 11, 13],
    [conv2d({ filters: 6, kernelSize: 5 }), relu(), maxPool2d({ size: 2 }), ...head],
    'pooledWeightGradient',
  ],
  [
    '5×5, padded by two and one',
    [6, 20, 17],
    [conv2d({ filters: 9, kernelSize: 5, padding: [2, 1] }), ...head],
    'convolveWeightGradient',
  ],
];

function batchOf(input: Shape, layers: LayerSpec[], batchSize: number) {
  const model = resolveModel({ input, layers });
  return {
    model,
    module,
    batchSize,
    parameters: valuesOf(model, normals),
    x: normals('x', batchSize * elementCount(input)),
    dY: normals('dY', batchSize * elementCount(model.output)),
  };
}

describe.each(models)('%s', (_, input, layers, gradientKernel) => {
  const channels = Math.max(16, input[0]);

  test.each([1, 3, 7])('a batch of %i: y, dX and gradients as the reference', (batchSize) => {
    const batch = batchOf(input, layers, batchSize);
    const [got, want] = [runModel(batch), runReference(batch)];
    expect(got.kernels).toContain('winogradProducts');
    expect(got.kernels).toContain(gradientKernel);
    assertNear(got.y, want.y, channels, 'y');
    assertNear(got.dX, want.dX, channels, 'dX');
    for (const [name, gradient] of got.gradients) {
      assertNear(gradient, want.gradients.get(name) ?? [], channels, name);
    }
  });

  test('gradients from shards of any size as the reference', () => {
    const batch = { ...batchOf(input, layers, 21), shardSize: 12 };
    const [got, want] = [runModel(batch), runReference(batch)];
    for (const [name, gradient] of got.gradients) {
      assertNear(gradient, want.gradients.get(name) ?? [], channels, name);
    }
  });

  test('a sample has the same bits in shards of any size', () => {
    const batch = batchOf(input, layers, 9);
    const [whole, cut] = [runModel(batch), runModel({ ...batch, shardSize: 4 })];
    expect(cut.y).toEqual(whole.y);
    expect(cut.dX).toEqual(whole.dX);
  });

  test('evaluation is direct', () => {
    const { dY: _dY, ...batch } = batchOf(input, layers, 2);
    expect(runModel(batch).kernels).not.toContain('winogradProducts');
  });
});

const wide = { filters: 16, kernelSize: 3 } as const;
const cases: [title: string, input: Shape, settings: Omit<Conv2dSpec, 'kind'>, want: boolean][] = [
  ['16 channels and filters', [16, 10, 10], wide, true],
  ['15 channels', [15, 10, 10], wide, false],
  ['15 filters', [16, 10, 10], { ...wide, filters: 15 }, false],
  ['5 × 5 of 6 channels and filters', [6, 12, 12], { filters: 6, kernelSize: 5 }, true],
  ['5 × 5 of 5 channels', [5, 12, 12], { filters: 6, kernelSize: 5 }, false],
  ['4 × 4', [16, 12, 12], { ...wide, kernelSize: 4 }, false],
  ['3 × 2', [16, 10, 10], { ...wide, kernelSize: [3, 2] }, false],
  ['stride 2', [16, 10, 10], { ...wide, stride: 2 }, false],
  ['dilated', [16, 10, 10], { ...wide, dilation: 2 }, false],
  ['in groups', [32, 10, 10], { ...wide, filters: 32, groups: 2 }, false],
  ['padded by three', [16, 10, 10], { ...wide, padding: 3 }, false],
  ['a map of 2 × 2, padded: direct is as few products', [16, 2, 2], { ...wide, padding: 1 }, false],
];

function strategyFor(inputShape: Shape, settings: Omit<Conv2dSpec, 'kind'>) {
  const facts = conv2dKind.resolve(conv2d(settings), inputShape, 'conv1');
  return strategyOf({ ...facts, inputShape }, []);
}

test.each(cases)('%s', (_, input, settings, want) => {
  expect(strategyFor(input, settings).forward).toBe(want ? 'winograd' : 'direct');
});

test('the input gradient of a map of 3 × 3 is direct: most of its tiles would be padding', () => {
  const { forward, inputGradient } = strategyFor([16, 5, 5], wide);
  expect([forward, inputGradient]).toEqual(['winograd', 'direct']);
});
