import { describe, expect, test } from 'vitest';
import { gaussian, heNormal, initializeParameters, zeros } from './initialize.ts';
import { conv2d } from './layers/conv2d.ts';
import { dense } from './layers/dense.ts';
import { flatten } from './layers/flatten.ts';
import { relu } from './layers/relu.ts';
import { resolveModel, type ModelSpec } from './model.ts';
import { simpleConvnet } from './presets/simple-convnet.ts';

const initial = (spec: ModelSpec, seed: number) => initializeParameters(resolveModel(spec), seed);

function deviation(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
}

describe('initial weights depend on seed, name and element only', () => {
  const small: ModelSpec = {
    input: [1, 4, 4],
    layers: [conv2d({ filters: 2, kernelSize: 3, initializer: gaussian(0.5) })],
  };
  const weight = initial(small, 5).get('conv1.weight');

  test('the same in another model: more filters, more layers, another place', () => {
    const large: ModelSpec = {
      input: [1, 9, 9],
      layers: [
        ...[relu(), conv2d({ filters: 7, kernelSize: 3, initializer: gaussian(0.5) })],
        ...[flatten(), dense({ units: 3 })],
      ],
    };
    expect(initial(large, 5).get('conv1.weight')?.slice(0, 18)).toEqual(weight);
  });

  test('another seed or another name gives others', () => {
    const other = initial(small, 6).get('conv1.weight') as Float32Array;
    const twice = {
      ...small,
      layers: [...small.layers, conv2d({ filters: 9, kernelSize: 1, initializer: gaussian(0.5) })],
    };
    const second = initial(twice, 5).get('conv2.weight') as Float32Array;
    for (const values of [other, second]) {
      expect([...values].filter((value) => weight?.includes(value))).toEqual([]);
    }
  });
});

test('parameters come in the order of the model, in its sizes; biases are 0', () => {
  const parameters = initial(simpleConvnet, 1);
  expect([...parameters].map(([name, { length }]) => [name, length])).toEqual([
    ['conv1.weight', 750],
    ['conv1.bias', 30],
    ['dense1.weight', 432_000],
    ['dense1.bias', 100],
    ['dense2.weight', 1000],
    ['dense2.bias', 10],
  ]);
  for (const name of ['conv1.bias', 'dense1.bias', 'dense2.bias']) {
    expect(parameters.get(name)?.every((value) => value === 0)).toBe(true);
  }
});

test('simple-convnet begins with N(0, 0.01²), the book’s', () => {
  const parameters = initial(simpleConvnet, 1);
  const dense1 = parameters.get('dense1.weight') as Float32Array;
  // 432,000 values: the deviation of their deviation is 0.1%, of their mean 0.0015 deviations.
  expect(Math.abs(deviation(dense1) / 0.01 - 1)).toBeLessThan(0.005);
  expect(Math.abs(dense1.reduce((sum, value) => sum + value, 0) / dense1.length)).toBeLessThan(
    1e-4,
  );
  expect(Math.abs(deviation(parameters.get('conv1.weight') ?? []) / 0.01 - 1)).toBeLessThan(0.1);
});

test('the default is He’s normal: √(2 / inputs of one output)', () => {
  expect(heNormal(8)).toEqual({ name: 'normal', deviation: 0.5 });
  expect(zeros).toEqual({ name: 'constant', value: 0 });
  const spec: ModelSpec = {
    input: [3, 5, 5],
    layers: [conv2d({ filters: 2, kernelSize: [2, 3] }), flatten(), dense({ units: 4 })],
  };
  const initializers = resolveModel(spec).parameters.map(({ initializer }) => initializer);
  const denseInputs = 2 * 4 * 3;
  expect(initializers).toEqual([heNormal(3 * 2 * 3), zeros, heNormal(denseInputs), zeros]);
});

test('a constant fills', () => {
  const initializer = { name: 'constant', value: 0.25 } as const;
  const spec = { input: [2], layers: [dense({ units: 2, initializer })] };
  expect(initial(spec, 1).get('dense1.weight')).toEqual(Float32Array.of(0.25, 0.25, 0.25, 0.25));
});
