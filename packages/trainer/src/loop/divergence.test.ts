import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DivergedError } from '@convbook/core';
import {
  batchNorm,
  conv2d,
  dense,
  flatten,
  initializeParameters,
  localResponseNorm,
  relu,
  residual,
  resolveModel,
  type ModelSpec,
} from '@convbook/layers';
import { lossKinds } from '@convbook/layers/kinds';
import { constantRate, oneCycle } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { findDivergence } from './divergence.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { metricsOf, recordOf } from '../testing/run-files.ts';
import { tinyData, tinyModel } from '../testing/tiny.ts';
import { train, type TrainOptions } from '../train.ts';

const model = resolveModel(tinyModel);
const loss = lossKinds['softmax-cross-entropy'].defaults;
const labels = [0, 1, 2, 0, 1];
const samples = { x: new Float32Array(5 * 30).fill(0.5), labels, shardSize: 4 };

/** With a normalization whose gradient, but not its output, is more than float32 holds. */
const withNorm: ModelSpec = {
  ...tinyModel,
  layers: [
    conv2d({ filters: 3, kernelSize: 3 }),
    localResponseNorm({ alpha: 0, beta: 4, k: 1e-9 }),
    flatten(),
    dense({ units: 3 }),
  ],
};

/** Initial weights with the first value, or two, of one parameter replaced. */
function parametersWith(name: string, ...values: number[]): Map<string, Float32Array> {
  const parameters = initializeParameters(model, 1);
  parameters.get(name)?.set(values);
  return parameters;
}

describe('findDivergence', () => {
  test.each([
    ['in the output of conv1', 'conv1.weight', [NaN]],
    ['in the output of conv1', 'conv1.bias', [Infinity]],
    ['in the output of dense1', 'dense1.weight', [-Infinity]],
    ['in the output of dense2', 'dense2.bias', [NaN]],
    ['in the gradient of dense1.bias', 'dense2.weight', [3e38, -3e38]],
  ])('%s, by way of %s', async (where, name, values) => {
    expect(await findDivergence(model, parametersWith(name, ...values), loss, samples)).toBe(where);
  });

  test.each([
    ['in the output of residual1.conv1', 'residual1.conv1.weight', [NaN]],
    ['in the output of residual1', 'residual1.shortcut.weight', [Infinity]],
    ['in the output of dense1', 'dense1.bias', [NaN]],
  ])('%s, in a model with a block', async (where, name, values) => {
    const conv = conv2d({ filters: 2, kernelSize: 3, padding: 1, bias: false });
    const block = residual({ layers: [conv, batchNorm(), relu(), conv] });
    const layers = [block, relu(), flatten(), dense({ units: 3 })];
    const blocks = resolveModel({ input: [1, 6, 5], layers });
    const parameters = initializeParameters(blocks, 1);
    expect(await findDivergence(blocks, parameters, loss, samples)).toBeNull();
    parameters.get(name)?.set(values);
    expect(await findDivergence(blocks, parameters, loss, samples)).toBe(where);
  });

  test('is null where every number is finite', async () => {
    expect(await findDivergence(model, parametersWith('conv1.bias', 0), loss, samples)).toBeNull();
  });
});

describe('a run that diverges', () => {
  const data = tinyData(20, 5);
  const base = { model: tinyModel, data, batchSize: 4, epochs: 1, workers: 0 };
  const rows: [string, Partial<TrainOptions>][] = [
    [
      'step 2, epoch 1: the loss is no longer finite; it began in the output of dense1; there is no checkpoint yet',
      { schedule: constantRate(), learningRate: 1e30 },
    ],
    [
      'step 1, epoch 1: the test loss is no longer finite; it began in the output of dense1; there is no checkpoint yet',
      { schedule: constantRate(), learningRate: 1e30, batchSize: 20 },
    ],
    [
      'step 1, epoch 1: the update is no longer finite; it began in dense1.weight; there is no checkpoint yet',
      { schedule: constantRate(), learningRate: 1e300, checkpointEvery: 1 },
    ],
  ];
  const whole = { schedule: constantRate(), batchSize: 20, learningRate: 0.01 };
  const others: [string, Partial<TrainOptions>][] = [
    [
      'step 1, epoch 1: the learning rate is no longer finite; it began in the schedule one-cycle; there is no checkpoint yet; lower the learning rate',
      { schedule: oneCycle({ divisor: 1e-308 }), learningRate: 10 },
    ],
    [
      'step 1, epoch 1: the gradient is no longer finite; it began in the gradient of dense2.weight with its penalty; there is no checkpoint yet; lower l1Penalty or l2Penalty',
      { ...whole, l1Penalty: 1e39 },
    ],
    [
      'step 1, epoch 1: the gradient is no longer finite; it began in the gradient of dense2.weight with its penalty; there is no checkpoint yet; lower l1Penalty or l2Penalty',
      { ...whole, l2Penalty: 1e45 },
    ],
    [
      'step 1, epoch 1: the update is no longer finite; it began in what the optimizer keeps of dense1.weight; there is no checkpoint yet; lower the learning rate',
      { ...whole, l1Penalty: 1e30 },
    ],
    [
      'step 1, epoch 1: the gradient is no longer finite; it began in the gradient of the input of norm1; there is no checkpoint yet; lower the learning rate',
      { ...whole, model: withNorm },
    ],
  ];
  test.each([
    ...rows.map(([message, options]) => [`${message}; lower the learning rate`, options] as const),
    ...others,
  ])('%s', async (message, options) => {
    const out = path.join(temporaryFolder(), 'run');
    await expect(train({ ...base, ...options, out })).rejects.toThrow(new DivergedError(message));
    expect(recordOf(out).status).toBe('diverged');
    expect(metricsOf(out, 'epoch')).toEqual([]);
    expect(readFileSync(path.join(out, 'metrics.ndjson'), 'utf8')).not.toContain('null');
    for (const name of ['checkpoints/last.safetensors', 'model.safetensors']) {
      expect(existsSync(path.join(out, name))).toBe(false);
    }
  });
});
