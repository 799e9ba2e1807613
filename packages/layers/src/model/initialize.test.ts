import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { initializeParameters } from './initialize.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { relu } from '../activations/relu.ts';
import { resolveModel, type ModelSpec } from './model.ts';
import { simpleConvnet } from '../presets/simple-convnet.ts';
import {
  constant,
  gaussian,
  he,
  heNormal,
  lecun,
  uniformBetween,
  xavier,
  zeros,
  type Initializer,
} from '../settings/initializer.ts';

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
        relu(),
        conv2d({ filters: 7, kernelSize: 3, initializer: gaussian(0.5) }),
        flatten(),
        dense({ units: 3 }),
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

describe('moments and bounds over 60,000 weights', () => {
  // 200 outputs, 12 · 5 · 5 = 300 inputs of one; an input has 200 · 5 · 5 = 5000 outputs.
  const weights = (initializer: Initializer) => {
    const layers = [conv2d({ filters: 200, kernelSize: 5, initializer })];
    return initial({ input: [12, 5, 5], layers }, 3).get('conv1.weight') as Float32Array;
  };
  const rows: [string, Initializer, { mean: number; variance: number; bound: number }][] = [
    ['gaussian', gaussian(0.5), { mean: 0, variance: 0.25, bound: Infinity }],
    [
      'normal with a mean',
      { name: 'normal', deviation: 0.5, mean: 2 },
      { mean: 2, variance: 0.25, bound: Infinity },
    ],
    ['uniform', uniformBetween(-1, 3), { mean: 1, variance: 16 / 12, bound: 2 }],
    ['Xavier', xavier(), { mean: 0, variance: 2 / 5300, bound: Infinity }],
    [
      'Xavier, uniform',
      xavier('uniform'),
      { mean: 0, variance: 2 / 5300, bound: Math.sqrt(6 / 5300) },
    ],
    ['He', he(), { mean: 0, variance: 2 / 300, bound: Infinity }],
    ['He, uniform', he('uniform'), { mean: 0, variance: 2 / 300, bound: Math.sqrt(6 / 300) }],
    ['LeCun', lecun(), { mean: 0, variance: 1 / 300, bound: Infinity }],
    ['LeCun, uniform', lecun('uniform'), { mean: 0, variance: 1 / 300, bound: 0.1 }],
  ];
  test.each(rows)('%s', (_, initializer, { mean, variance, bound }) => {
    const values = weights(initializer);
    const sum = values.reduce((total, value) => total + value, 0);
    const spread = Math.sqrt(variance);
    // The deviation of the mean is spread / √60,000 = 0.4%, of the spread at most 0.3%.
    expect(Math.abs(sum / values.length - mean)).toBeLessThan(0.015 * spread);
    expect(Math.abs(deviation(values) / spread - 1)).toBeLessThan(0.01);
    const furthest = values.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
    expect(furthest).toBeLessThanOrEqual(bound * (1 + 1e-6));
    expect(furthest).toBeGreaterThan(bound === Infinity ? 3.5 * spread : 0.999 * bound);
  });

  test.each(rows)('%s: an element depends on seed, name and its place alone', (_, initializer) => {
    const few = { filters: 200, kernelSize: 5, initializer };
    const twice = { input: [12, 5, 5], layers: [conv2d(few), flatten(), dense({ units: 2 })] };
    const all = weights(initializer);
    expect(initial(twice, 3).get('conv1.weight')).toEqual(all);
    expect(initial(twice, 4).get('conv1.weight')).not.toEqual(all);
  });

  test('he() of a dense layer is heNormal(inputs), to the bit', () => {
    const values = (initializer: Initializer) =>
      initial({ input: [30], layers: [dense({ units: 7, initializer })] }, 1).get('dense1.weight');
    expect(values(he())).toEqual(values(heNormal(30)));
    expect(values(constant(0.5))).toEqual(new Float32Array(210).fill(0.5));
  });
});

describe('what is refused when the model is built', () => {
  test.each<[string, unknown]>([
    [
      'dense1.initializer.name: expected one of constant, normal, uniform, xavier, he, lecun, got "glorot"',
      { name: 'glorot' },
    ],
    ['dense1.initializer.value: expected a finite number, got NaN', constant(NaN)],
    ['dense1.initializer.deviation: expected a number of at least 0, got -1', gaussian(-1)],
    ['dense1.initializer.deviation: expected a number of at most 1e+37, got 1e+38', gaussian(1e38)],
    [
      'dense1.initializer.value: expected a number of at least -1e+37, got -1e+300',
      constant(-1e300),
    ],
    [
      'dense1.initializer.mean: expected a finite number, got Infinity',
      { name: 'normal', deviation: 1, mean: Infinity },
    ],
    ['dense1.initializer.low: expected a finite number, got -Infinity', uniformBetween(-1 / 0, 0)],
    ['dense1.initializer.high: expected a number of at least 2, got 1', uniformBetween(2, 1)],
    [
      'dense1.initializer.distribution: expected normal or uniform, got "even"',
      { name: 'he', distribution: 'even' },
    ],
  ])('%s', (message, initializer) => {
    const layers = [dense({ units: 2, initializer: initializer as Initializer })];
    expect(() => resolveModel({ input: [3], layers })).toThrow(new ConfigurationError(message));
  });
});
