import { describe, expect, test } from 'vitest';
import { assertClose } from '@convbook/core/testing';
import { elementCount, type Shape } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { stridedAxis } from './bilinear-axis.ts';
import { conv2d, conv2dKind, type Conv2dSpec } from './conv2d.ts';
import { strategyOf } from './strategy.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { relu } from '../activations/relu.ts';
import { resolveModel } from '../model/model.ts';
import type { LayerSpec } from '../registry.ts';
import { runModel } from '../run-model.ts';
import { runReference } from '../testing/reference-model.ts';
import { normals, valuesOf } from '../testing/values.ts';

const module = await loadKernelModule('plain');
const head = [flatten(), dense({ units: 3 })];

// As Winograd's error: relative to the largest, and growing with the root of the channels that are summed.
function assertNear(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  channels: number,
  what: string,
): void {
  const largest = Array.from(want, Math.abs).reduce((a, b) => Math.max(a, b), 0);
  assertClose(got, want, { rtol: 0, atol: 1.25e-6 * Math.sqrt(channels) * largest }, what);
}

const padded = { kernelSize: 3, padding: 1 } as const;
const strided = { kernelSize: 3, stride: 2, padding: 1 } as const;

const models: [title: string, input: Shape, layers: LayerSpec[]][] = [
  ['14 × 14, relu', [64, 14, 14], [conv2d({ filters: 64, ...strided }), relu(), ...head]],
  [
    'odd and even sizes, without bias',
    [65, 13, 12],
    [conv2d({ filters: 70, ...strided, bias: false }), ...head],
  ],
  ['odd filters', [64, 7, 8], [conv2d({ filters: 67, ...strided }), ...head]],
  [
    'more weights than values: gradients from the whole batch',
    [70, 7, 7],
    [conv2d({ filters: 150, ...strided }), relu(), ...head],
  ],
  ['that without bias', [65, 7, 7], [conv2d({ filters: 160, ...strided, bias: false }), ...head]],
  ['2 × 2: some taps are never used', [64, 2, 2], [conv2d({ filters: 65, ...strided }), ...head]],
  ['4 × 3', [66, 4, 3], [conv2d({ filters: 64, ...strided }), relu(), ...head]],
  ['2 × 2, stride 1', [64, 2, 2], [conv2d({ filters: 66, ...padded }), relu(), ...head]],
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

describe.each(models)('%s', (_, input, layers) => {
  const channels = Math.max(16, input[0]);

  test.each([1, 3, 7])('a batch of %i: y, dX and gradients as the reference', (batchSize) => {
    const batch = batchOf(input, layers, batchSize);
    const [got, want] = [runModel(batch), runReference(batch)];
    const products = ['bilinearProducts', 'bilinearInputProducts', 'bilinearWeightProducts'];
    expect([...got.kernels]).toEqual(expect.arrayContaining(products));
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
    expect(runModel(batch).kernels).not.toContain('bilinearProducts');
  });
});

type Settings = Omit<Conv2dSpec, 'kind'>;

const wide = { filters: 64, ...strided };
const cases: [title: string, input: Shape, settings: Settings, want: string][] = [
  ['14 × 14', [64, 14, 14], wide, 'bilinear'],
  ['7 × 7', [64, 7, 7], wide, 'bilinear'],
  ['2 × 2 with stride 1', [64, 2, 2], { filters: 64, ...padded }, 'bilinear'],
  ['31 channels', [31, 14, 14], wide, 'direct'],
  ['31 filters', [64, 14, 14], { ...wide, filters: 31 }, 'direct'],
  ['a map of 28 × 28: its sums take too much memory', [64, 28, 28], wide, 'direct'],
  ['2 × 2', [64, 2, 2], wide, 'bilinear'],
  ['not padded', [64, 14, 14], { ...wide, padding: 0 }, 'direct'],
  ['4 × 4 taps', [64, 14, 14], { ...wide, kernelSize: 4 }, 'direct'],
  ['stride 3', [64, 14, 14], { ...wide, stride: 3 }, 'direct'],
  ['stride 2 and 1', [64, 14, 14], { ...wide, stride: [2, 1] }, 'direct'],
  ['dilated', [64, 14, 14], { ...wide, dilation: 2 }, 'direct'],
  ['in groups', [128, 7, 7], { ...wide, filters: 128, groups: 2 }, 'direct'],
];

test.each(cases)('%s', (_, inputShape, settings, want) => {
  const facts = conv2dKind.resolve(conv2d(settings), inputShape, 'conv1');
  expect(strategyOf({ ...facts, inputShape }, []).forward).toBe(want);
});

test('products along an axis of stride 2', () => {
  const counts = [28, 14, 8, 7, 4, 2].map((size) => stridedAxis(size).products.length);
  expect(counts).toEqual([33, 16, 9, 8, 5, 2]);
});

test.each([2, 3, 4, 7, 8, 9, 13, 14])('an axis of %i inputs is the convolution', (size) => {
  const [x, w] = [normals('x', size), normals('w', 3)];
  const { taps, products } = stridedAxis(size);
  const y = Array.from({ length: Math.ceil(size / 2) }, () => 0);
  for (const { plane, inputs, outputs } of products) {
    const weight = taps[plane].reduce((sum, factor, tap) => sum + factor * w[tap], 0);
    const value = inputs.reduce((sum, { position, sign }) => sum + sign * x[position], 0);
    for (const { position, sign } of outputs) y[position] += sign * weight * value;
  }
  const want = y.map((_, i) =>
    [0, 1, 2].reduce((sum, tap) => sum + w[tap] * (x[2 * i + tap - 1] ?? 0), 0),
  );
  assertClose(y, want, { rtol: 1e-12, atol: 1e-12 }, 'y');
});
