// Wide kernels compute the bits of narrow ones: whole models, forward and backward. Only a Node whose V8 joins
// vectors really widens them.
import { elementCount } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { loadWideModule } from '@convbook/core/testing';
import { describe, expect, test } from 'vitest';
import { relu } from './activations/relu.ts';
import { conv2d } from './conv2d/conv2d.ts';
import { dense } from './dense/dense.ts';
import { flatten } from './flatten/flatten.ts';
import { resolveModel, type ModelSpec } from './model/model.ts';
import { maxPool2d } from './pool/max-pool2d.ts';
import { presets } from './presets/index.ts';
import { runModel, type RunModelInput, type RunModelOutput } from './run-model.ts';
import { normals, valuesOf } from './testing/values.ts';

const narrow = await loadKernelModule('shared');
const wide = await loadWideModule();

/** A pooled convolution whose window has rows of all lengths. */
const rows = [1, 2, 3, 4, 7, 8, 10, 13].map((channels) => pooled(channels, 3));
const others = [pooled(1, 5), pooled(11, 5), pooled(2, 4), pooled(3, 2, 3), pooled(9, 2, 5)];

function pooled(channels: number, kernelSize: number, pool = 2): ModelSpec {
  const conv = conv2d({ filters: 5, kernelSize });
  const layers = [conv, relu(), maxPool2d({ size: pool }), flatten(), dense({ units: 3 })];
  return { name: `${channels} × ${kernelSize} by ${pool}`, input: [channels, 11, 11], layers };
}

const models = [...rows, ...others, presets['two-stage'], presets.lenet];

const batches = [
  { batchSize: 3, shardSize: 4 },
  { batchSize: 20, shardSize: 16 },
];

describe.each(models)('$name', (spec) => {
  test.each(batches)('batch $batchSize, shards of $shardSize', (batch) => {
    const model = resolveModel(spec);
    const x = normals('x', batch.batchSize * elementCount(model.input));
    const dY = normals('dY', batch.batchSize * elementCount(model.output));
    const input = { ...batch, model, parameters: valuesOf(model, normals), x, dY };
    const want = bitsOf({ ...input, module: narrow, build: 'shared' });
    expect(bitsOf({ ...input, module: wide, build: 'wide' })).toEqual(want);
  });
});

function bitsOf(input: RunModelInput): Map<string, Int32Array> {
  const { y, dX, gradients, buffers }: RunModelOutput = runModel(input);
  const values = [['y', y], ['dX', dX], ...gradients, ...buffers] as const;
  return new Map(values.map(([name, floats]) => [name, new Int32Array(floats.buffer)]));
}
