import { describe, expect, test } from 'vitest';
import { batchNorm } from '../batch-norm/batch-norm.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { resolveModel } from '../model/model.ts';
import { gradientPlace, layOutParameters, placedParameter } from './parameter-layout.ts';

const model = resolveModel({
  input: [2, 5, 5],
  layers: [
    conv2d({ filters: 3, kernelSize: 3 }),
    conv2d({ filters: 5, kernelSize: 1 }),
    flatten(),
    dense({ units: 7 }),
    dense({ units: 2 }),
  ],
});
const layout = layOutParameters(model);

describe('layOutParameters', () => {
  test('has every parameter, its size and shape', () => {
    const facts = (list: readonly { name: string; shape: readonly number[] }[]) =>
      list.map(({ name, shape }) => `${name} ${shape.join('×')}`).sort();
    expect(facts(layout.parameters)).toEqual(facts(model.parameters));
    expect(placedParameter(layout, 'conv1.weight').count).toBe(3 * 2 * 3 * 3);
  });

  test('gives each whole cache lines of its own', () => {
    const sorted = [...layout.parameters].sort((a, b) => a.offset - b.offset);
    const ends = sorted.map(({ offset, count }) => offset + Math.ceil((count * 4) / 64) * 64);
    expect(sorted.map(({ offset }) => offset)).toEqual([0, ...ends.slice(0, -1)]);
    expect(layout.sizeBytes).toBe(ends.at(-1));
  });

  test('puts dense parameters first, and the others, which have a copy for each shard, after them', () => {
    const first = layout.parameters.filter(({ offset }) => offset < layout.shardedOffset);
    expect(first.map(({ name }) => name)).toEqual([
      'dense1.weight',
      'dense1.bias',
      'dense2.weight',
      'dense2.bias',
    ]);
    expect(layout.shardedOffset + layout.shardedBytes).toBe(layout.sizeBytes);
  });

  test('puts buffers after the parameters, without gradients or state', () => {
    const withNorm = layOutParameters(resolveModel({ input: [3], layers: [batchNorm()] }));
    expect(withNorm.parameters.map(({ name }) => name)).toEqual(['bn1.weight', 'bn1.bias']);
    expect(withNorm.stored.map(({ name, offset }) => [name, offset])).toEqual([
      ['bn1.weight', 0],
      ['bn1.bias', 64],
      ['bn1.running_mean', 128],
      ['bn1.running_var', 192],
    ]);
    expect([withNorm.sizeBytes, withNorm.storedBytes]).toEqual([128, 256]);
  });

  test('a model without parameters takes nothing', () => {
    expect(layOutParameters(resolveModel({ input: [2], layers: [flatten()] }))).toEqual({
      parameters: [],
      stored: [],
      sizeBytes: 0,
      storedBytes: 0,
      shardedOffset: 0,
      shardedBytes: 0,
    });
  });
});

describe('gradientPlace', () => {
  test('of a dense parameter is one place for all shards', () => {
    const { offset } = placedParameter(layout, 'dense1.weight');
    for (const shard of [0, 1, 5]) {
      expect(gradientPlace(layout, 'dense1.weight', shard)).toEqual({
        region: 'gradients',
        offset,
      });
    }
  });

  test('of a convolution is a place a shard, the first where the sum will be', () => {
    const { offset } = placedParameter(layout, 'conv2.weight');
    const places = [0, 1, 2].map((shard) => gradientPlace(layout, 'conv2.weight', shard));
    expect(places.map((place) => place.offset - offset)).toEqual([
      0,
      layout.shardedBytes,
      2 * layout.shardedBytes,
    ]);
  });
});

test('an unknown name is refused', () => {
  expect(() => placedParameter(layout, 'conv3.weight')).toThrow(
    new Error('layout: no parameter named "conv3.weight"'),
  );
});
