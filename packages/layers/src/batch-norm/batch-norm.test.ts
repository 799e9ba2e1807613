import { assertClose } from '@convbook/core/testing';
import { ConfigurationError, elementCount } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { describe, expect, test } from 'vitest';
import { batchNorm } from './batch-norm.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import { resolveModel } from '../model/model.ts';
import { runModel } from '../run-model.ts';
import { runReference } from '../testing/reference-model.ts';
import { normals, valuesOf } from '../testing/values.ts';
import { ConstantTables } from '../calls/constant-tables.ts';
import { planBatch } from '../plan/batch-plan.ts';
import { layOutParameters } from '../plan/parameter-layout.ts';
import { trainingStages } from '../plan/shard-plan.ts';

const module = await loadKernelModule('plain');

const deep = resolveModel({
  input: [2, 6, 5],
  layers: [
    batchNorm(),
    conv2d({ filters: 5, kernelSize: 3 }),
    batchNorm({ momentum: 0.5 }),
    relu(),
    maxPool2d({ size: 2 }),
    flatten(),
    dense({ units: 6 }),
    batchNorm(),
    relu(),
    dense({ units: 3 }),
  ],
});

function batchOf(batchSize: number) {
  const parameters = valuesOf(deep, normals);
  for (const { name, isBuffer } of deep.parameters) {
    const values = parameters.get(name) as Float32Array<ArrayBuffer>;
    if (isBuffer)
      parameters.set(
        name,
        values.map((value) => 0.5 + value * value),
      );
  }
  const x = normals('x', batchSize * elementCount(deep.input));
  const labels = Array.from({ length: batchSize }, (_, n) => n % 3);
  return { model: deep, parameters, x, labels, batchSize };
}

describe('a model with three of them, two followed by ReLU', () => {
  test.each([
    [3, 4],
    [7, 4],
    [101, 12],
  ])('a batch of %i in shards of %i is as in the reference', (batchSize, shardSize) => {
    const batch = batchOf(batchSize);
    const got = runModel({ ...batch, module, shardSize });
    const want = runReference(batch);
    const tolerance = { rtol: 1e-4, atol: 2e-5 };
    assertClose([got.loss], [want.loss], tolerance, 'loss');
    assertClose(got.dX, want.dX, tolerance, 'dX');
    for (const [name, gradient] of want.gradients) {
      assertClose(got.gradients.get(name) ?? [], gradient, tolerance, name);
    }
    for (const [name, values] of want.buffers) {
      assertClose(got.buffers.get(name) ?? [], values, tolerance, name);
    }
    expect(got.kernels).toContain('batchNormSums');
  });

  test('each is two waits of a step, and other models have none', () => {
    const stagesOf = (model: typeof deep) => {
      const { shards } = planBatch(model, layOutParameters(model), new ConstantTables(), 21, 8);
      return trainingStages(shards[0]).length;
    };
    expect(stagesOf(deep)).toBe(7);
    expect(stagesOf(resolveModel({ input: [2], layers: [dense({ units: 3 })] }))).toBe(1);
    expect(stagesOf(resolveModel({ input: [2], layers: [batchNorm({ frozen: true })] }))).toBe(1);
  });
});

test('the statistics of far numbers close together keep their digits', () => {
  const model = resolveModel({ input: [1], layers: [batchNorm({ epsilon: 1e-12 })] });
  const parameters = new Map([
    ['bn1.weight', Float32Array.of(1)],
    ['bn1.bias', Float32Array.of(0)],
  ]);
  const x = Float32Array.of(4096, 4096.5, 4097, 4097.5);
  const dY = new Float32Array(4);
  const { y } = runModel({ module, model, parameters, x, dY, batchSize: 4 });
  const [far, near] = [1.5 / Math.sqrt(1.25), 0.5 / Math.sqrt(1.25)];
  assertClose(y, [-far, -near, near, far], { rtol: 1e-6, atol: 0 }, 'y');
});

test('a training batch with one value a channel is refused, with more places it is not', () => {
  const plan = (input: readonly number[]) => {
    const model = resolveModel({ input, layers: [batchNorm()] });
    return planBatch(model, layOutParameters(model), new ConstantTables(), 1, 8);
  };
  const message =
    'bn1: expected more than one value per channel in a training batch, got a batch of 1 with 1 ' +
    'per channel; take a batchSize that does not leave a single sample over';
  expect(() => plan([5])).toThrow(new ConfigurationError(message));
  expect(() => plan([5, 1, 1])).toThrow(new ConfigurationError(message));
  expect(plan([5, 1, 2]).shards).toHaveLength(1);
});
