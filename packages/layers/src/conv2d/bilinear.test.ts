import { describe, expect, test } from 'vitest';
import { assertClose } from '@convbook/core/testing';
import { elementCount, type Shape } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { conv2d } from './conv2d.ts';
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

function assertNear(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  channels: number,
  what: string,
): void {
  const largest = Array.from(want, Math.abs).reduce((a, b) => Math.max(a, b), 0);
  assertClose(got, want, { rtol: 0, atol: 1.25e-6 * Math.sqrt(channels) * largest }, what);
}

const strided = { kernelSize: 3, stride: 2, padding: 1 } as const;

const models: [title: string, input: Shape, layers: LayerSpec[]][] = [
  ['28 × 28', [32, 28, 28], [conv2d({ filters: 34, ...strided }), relu(), ...head]],
  ['14 × 15', [33, 14, 15], [conv2d({ filters: 35, ...strided, bias: false }), ...head]],
  ['8 × 11', [32, 8, 11], [conv2d({ filters: 32, ...strided }), relu(), ...head]],
  ['7 × 7, whole batch', [110, 7, 7], [conv2d({ filters: 130, ...strided }), relu(), ...head]],
  ['2 × 2', [64, 2, 2], [conv2d({ filters: 66, kernelSize: 3, padding: 1 }), relu(), ...head]],
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
    expect(got.kernels).toContain('bilinearProducts');
    expect(got.kernels).toContain('bilinearInputProducts');
    expect(got.kernels).toContain('bilinearWeightProducts');
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
