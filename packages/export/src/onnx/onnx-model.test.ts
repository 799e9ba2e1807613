// The content of the file, read with the published schema.
import { readFileSync } from 'node:fs';
import { fromBinary } from '@bufbuild/protobuf';
import { ConfigurationError } from '@convbook/core';
import { layerKinds, presets, resolveModel, type ModelSpec } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import type { ExportOptions } from '../export-format.ts';
import { everyKind } from '../testing/every-kind.ts';
import { kindCases } from '../testing/kind-cases.ts';
import { trainedModel } from '../testing/trained.ts';
import { layerRows } from './layers/rows.ts';
import { checkWeights, toOnnx } from './onnx-model.ts';
import {
  ModelProtoSchema,
  TensorProto_DataType as DataType,
  type GraphProto,
  type ModelProto,
  type ValueInfoProto,
} from './schema/onnx_pb.ts';

const plain: ExportOptions = { withPreprocessing: false, output: 'logits' };
const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const { version } = JSON.parse(manifest) as { version: string };
const small: ModelSpec = {
  name: 'small',
  input: [1, 4, 4],
  layers: [
    { kind: 'conv2d', filters: 2, kernelSize: 3, padding: 1, bias: false },
    { kind: 'batchNorm' },
    { kind: 'relu' },
    {
      kind: 'residual',
      layers: [{ kind: 'conv2d', filters: 4, kernelSize: 1 }, { kind: 'dropout' }],
    },
    { kind: 'flatten' },
    { kind: 'dense', units: 3 },
  ],
};

function written(trained = trainedModel(small), options = plain): ModelProto {
  return fromBinary(ModelProtoSchema, toOnnx(trained, options));
}

function graphOf({ graph }: ModelProto): GraphProto {
  if (!graph) throw new Error('expected a graph, got none');
  return graph;
}

test('every kind of layer has a row, and cases to try it on', () => {
  const kinds = Object.keys(layerKinds).sort();
  expect(Object.keys(layerRows).sort()).toEqual(kinds);
  expect(Object.keys(kindCases).sort()).toEqual(kinds);
  for (const [kind, cases] of Object.entries(kindCases)) {
    expect(new Set(cases.map(([, spec]) => spec.kind))).toEqual(new Set([kind]));
  }
});

test('says the version of the standard and the program', () => {
  const { irVersion, opsetImport, producerName, producerVersion } = written();
  expect({ irVersion, producerName, producerVersion }).toEqual({
    irVersion: 8n,
    producerName: 'convbook',
    producerVersion: version,
  });
  expect(opsetImport.map((opset) => [opset.domain, opset.version])).toEqual([['', 17n]]);
});

test('nodes have the names of layers, weights those of parameters with their very bits', () => {
  const trained = trainedModel(small);
  const { name, node, initializer } = graphOf(written(trained));
  expect(name).toBe('small');
  expect(node.map((one) => `${one.name} = ${one.opType}(${one.input.join(', ')})`)).toEqual([
    'conv1 = Conv(input, conv1.weight)',
    'bn1 = BatchNormalization(conv1, bn1.weight, bn1.bias, bn1.running_mean, bn1.running_var)',
    'relu1 = Relu(bn1)',
    'residual1.conv1 = Conv(relu1, residual1.conv1.weight, residual1.conv1.bias)',
    'residual1.shortcut = Conv(relu1, residual1.shortcut.weight)',
    'residual1 = Add(residual1.conv1, residual1.shortcut)',
    'flatten1 = Flatten(residual1)',
    'dense1 = Gemm(flatten1, dense1.weight, dense1.bias)',
    'logits = Identity(dense1)',
  ]);
  expect(initializer.map((tensor) => [tensor.name, tensor.dims.map(Number)])).toEqual(
    trained.model.parameters.map((parameter) => [parameter.name, parameter.shape]),
  );
  for (const { name: parameter, rawData } of initializer) {
    expect(new Float32Array(rawData.slice().buffer)).toEqual(trained.parameters.get(parameter));
  }
});

describe('input and output', () => {
  test.each([
    ['numbers to logits', plain, DataType.FLOAT, 'logits'],
    ['numbers to probabilities', { ...plain, output: 'softmax' }, DataType.FLOAT, 'probabilities'],
    ['bytes to logits', { ...plain, withPreprocessing: true }, DataType.UINT8, 'logits'],
  ] as const)('%s', (_, options, type, answer) => {
    const { input, output } = graphOf(written(undefined, options));
    expect(input.map(described)).toEqual([{ name: 'input', type, shape: ['batch', 1n, 4n, 4n] }]);
    expect(output.map(described)).toEqual([
      { name: answer, type: DataType.FLOAT, shape: ['batch', 3n] },
    ]);
  });
});

function described({ name, type }: ValueInfoProto) {
  if (type?.value.case !== 'tensorType') throw new Error('expected a tensor');
  const { elemType, shape } = type.value.value;
  return { name, type: elemType, shape: shape?.dim.map(({ value }) => value.value) };
}

test('refuses weights that one file cannot hold', () => {
  const dense = (units: number) =>
    resolveModel({ input: [32_768], layers: [{ kind: 'dense', units }] });
  expect(() => checkWeights(dense(16_000))).not.toThrow();
  expect(() => checkWeights(dense(16_384))).toThrow(
    new ConfigurationError(
      '--format onnx: expected weights of at most 2146435072 bytes, as one file can hold, got 2147549184; take fewer filters or units',
    ),
  );
});

describe('metadata', () => {
  test('say what a program must know', () => {
    expect(metadataOf(written())).toEqual({
      class_names: '["class 0","class 1","class 2"]',
      input: 'numbers',
      scaling: 'byte / 255',
      pictures: '{"fit":"whole","orientation":"upright","ground":null}',
      model_sha256: trainedModel(small).record.result?.modelSha256,
      convbook_version: version,
    });
  });

  test('have the means of standardized data, and how pictures become images', () => {
    const trained = trainedModel(small);
    const { data } = trained.record;
    data.standardization = { means: [0.1307], deviations: [0.3081] };
    data.pictures = { fit: 'cover', orientation: 'upright', ground: null, background: 255 };
    expect(metadataOf(written(trained, { ...plain, withPreprocessing: true }))).toMatchObject({
      input: 'bytes',
      standardization: '{"means":[0.1307],"deviations":[0.3081]}',
      pictures: '{"fit":"cover","orientation":"upright","ground":null,"background":255}',
    });
  });

  test('keep class names of any characters', () => {
    const trained = trainedModel(small);
    const names = ['"\\\n\0', '고양이 🐈', '\ud800 alone'];
    trained.record.data.classNames = names;
    expect(JSON.parse(metadataOf(written(trained)).class_names)).toEqual(names);
  });
});

function metadataOf({ metadataProps }: ModelProto): Record<string, string> {
  return Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));
}

const models = { ...presets, 'every kind': everyKind };
const chosen = Object.entries(models).filter(([name]) => name !== 'alexnet');
describe.each(chosen)('%s', (_, spec) => {
  test.each([plain, { withPreprocessing: true, output: 'softmax' } as const])(
    '%j: each tensor is made once, and before it is read',
    (options) => {
      const { input, output, initializer, node } = graphOf(written(trainedModel(spec), options));
      const made = new Set([...input, ...initializer].map(({ name }) => name));
      expect(made.size).toBe(input.length + initializer.length);
      for (const { input: read, output: given } of node) {
        for (const name of read) expect(made).toContain(name);
        for (const name of given) expect(made.has(name)).toBe(false);
        given.forEach((name) => made.add(name));
      }
      for (const { name } of output) expect(made).toContain(name);
      const read = new Set(node.flatMap((one) => one.input));
      for (const { name } of initializer) expect(read).toContain(name);
      expect(new Set(node.map(({ name }) => name)).size).toBe(node.length);
    },
  );
});
