// What an observer shows against the evaluation of the model that ends there, `runModel`: every bit must be the same.
import { elementCount, normal } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { describe, expect, test } from 'vitest';
import { resolveModel, type ModelSpec } from '../model/model.ts';
import { runModel } from '../run-model.ts';
import { createObserver } from './observer.ts';

const module = await loadKernelModule('plain');
const kernels = await loadKernelModule('predict');
const batchSize = 3;

type Parameters = ReadonlyMap<string, Float32Array>;

const plain: ModelSpec = {
  input: [2, 9, 8],
  layers: [
    { kind: 'conv2d', filters: 5, kernelSize: 3 },
    { kind: 'relu' },
    { kind: 'maxPool2d', size: 2 },
    { kind: 'conv2d', filters: 6, kernelSize: 2, padding: 1 },
    { kind: 'batchNorm' },
    { kind: 'tanh' },
    { kind: 'dropout' },
    { kind: 'conv2d', filters: 9, kernelSize: 1 },
    { kind: 'maxPool2d', size: 2 },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'dense', units: 7 },
    { kind: 'relu' },
    { kind: 'dense', units: 3 },
  ],
};

const body = [
  { kind: 'conv2d', filters: 4, kernelSize: 3, padding: 1 },
  { kind: 'batchNorm' },
  { kind: 'relu' },
  { kind: 'conv2d', filters: 4, kernelSize: 3, padding: 1 },
  { kind: 'batchNorm' },
] as const;

const block: ModelSpec = {
  input: [3, 6, 5],
  layers: [
    { kind: 'residual', layers: [...body] },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'dense', units: 2 },
  ],
};

/** Normal numbers, variances their sizes. */
function parametersOf(spec: ModelSpec): Parameters {
  return new Map(
    resolveModel(spec).parameters.map(({ name, shape }) => {
      const values = normal(1, name, new Float32Array(elementCount(shape)), 0, 0.3);
      return [name, name.endsWith('running_var') ? values.map(Math.abs) : values];
    }),
  );
}

function inputOf({ input }: ModelSpec): Float32Array {
  return normal(2, 'x', new Float32Array(batchSize * elementCount([...input])), 0, 1);
}

/** What a model's evaluation gives. */
function outputOf(spec: ModelSpec, parameters: Parameters): Float32Array {
  return runModel({ module, model: resolveModel(spec), parameters, x: inputOf(spec), batchSize }).y;
}

/** What an observer shows of each layer, `[batch, …shape]`. */
function observed(spec: ModelSpec, parameters: Parameters): Map<string, Float32Array> {
  const model = resolveModel(spec);
  const observer = createObserver({ module: kernels, model, parameters, samples: batchSize });
  observer.run(inputOf(spec));
  return new Map(
    observer.layers.map(({ name, shape }, layer) => {
      const size = elementCount(shape);
      const values = new Float32Array(batchSize * size);
      for (let n = 0; n < batchSize; n++) {
        observer.read(layer, n, values.subarray(n * size, (n + 1) * size));
      }
      return [name, values];
    }),
  );
}

describe('createObserver', () => {
  test.each([
    ['conv1', 'after its activation and not after its pooling', 2],
    ['conv2', 'after normalization and activation', 6],
    ['conv3', 'before a pooling, also where the activation follows that', 8],
    ['dense1', 'after its activation', 13],
    ['dense2', 'as it is', 14],
  ])('%s: %s', (name, _, count) => {
    const parameters = parametersOf(plain);
    const part = { ...plain, layers: plain.layers.slice(0, count) };
    expect(observed(plain, parameters).get(name)).toEqual(outputOf(part, parameters));
  });

  test('shows these layers and no others', () => {
    const names = [...observed(plain, parametersOf(plain)).keys()];
    expect(names).toEqual(['conv1', 'conv2', 'conv3', 'dense1', 'dense2']);
  });

  test('a residual block: its sum after the activation, and the layers inside', () => {
    const parameters = parametersOf(block);
    const values = observed(block, parameters);
    expect([...values.keys()].sort()).toEqual(
      ['dense1', 'residual1', 'residual1.conv1', 'residual1.conv2', 'residual1.shortcut'].sort(),
    );
    const sum = { ...block, layers: block.layers.slice(0, 2) };
    expect(values.get('residual1')).toEqual(outputOf(sum, parameters));
    for (const [name, count] of [
      ['residual1.conv1', 3],
      ['residual1.conv2', 5],
    ] as const) {
      const inner = { input: block.input, layers: body.slice(0, count) };
      const own = resolveModel(inner).parameters.map(
        (parameter) =>
          [parameter.name, parameters.get(`residual1.${parameter.name}`) as Float32Array] as const,
      );
      expect(values.get(name)).toEqual(outputOf(inner, new Map(own)));
    }
  });

  test('fewer samples than planned, and another batch after one', () => {
    const parameters = parametersOf(plain);
    const model = resolveModel(plain);
    const observer = createObserver({ module: kernels, model, parameters, samples: batchSize });
    const x = inputOf(plain);
    const [all, alone] = [new Float32Array(3), new Float32Array(3)];
    observer.run(x);
    observer.read(4, 1, all);
    observer.run(x.subarray(x.length / 3, (2 * x.length) / 3));
    observer.read(4, 0, alone);
    expect(alone).toEqual(all);
  });
});
