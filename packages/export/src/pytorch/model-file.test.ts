// The text of an export, without PyTorch.
import { decodeSafetensors, encodeSafetensors } from '@convbook/core';
import { readHeader } from '@convbook/core/files';
import { layerKinds, presets } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { modelFile } from './model-file.ts';
import { pythonFloat, pythonList, pythonText } from './python.ts';
import { layerModels } from './testing/every-layer.ts';
import { kindsOf } from '../testing/every-kind.ts';
import { trainedModel } from '../testing/trained.ts';
import { weightsFile } from './weights-file.ts';

const usual = { withPreprocessing: false, output: 'logits' } as const;
const [everyLayer] = Object.values(layerModels);

test('the models that PyTorch runs have every layer of the registry', () => {
  expect(kindsOf(everyLayer.layers)).toEqual(new Set(Object.keys(layerKinds)));
});

test.each([
  ['tf-tutorial', presets['tf-tutorial'], usual],
  ['every layer, bytes in', everyLayer, { withPreprocessing: true, output: 'softmax' } as const],
])('%s: the whole of model.py', async (name, spec, options) => {
  const standardization = { means: [0.5, 0.25, 1e-7], deviations: [0.25, 1, 0.125] };
  const choices = spec.input[0] === 3 ? { standardization } : {};
  await expect(modelFile(trainedModel(spec, choices), options)).toMatchFileSnapshot(
    `testing/snapshots/${name.replaceAll(/\W+/g, '-')}.py.txt`,
  );
});

describe('model.safetensors', () => {
  test('has our parameters, and the steps of each batchNorm', () => {
    const trained = trainedModel(everyLayer);
    const bytes = weightsFile(trained);
    const { entries, metadata, dataStart } = readHeader(bytes, 'file');
    expect(metadata).toEqual({ format: 'pt', model: 'every-layer' });
    const counted = entries.filter(({ dtype }) => dtype === 'I64');
    expect(counted.map(({ name, shape }) => [name, shape])).toEqual([
      ['bn1.num_batches_tracked', []],
      ['bn2.num_batches_tracked', []],
      ['residual1.bn1.num_batches_tracked', []],
    ]);
    expect(new DataView(bytes.buffer).getBigInt64(dataStart, true)).toBe(14n);
    const others = entries.filter(({ dtype }) => dtype !== 'I64').map(({ name }) => name);
    expect(others.sort()).toEqual([...trained.parameters.keys()].sort());
  });

  test('is the run’s own file where there is no batchNorm', () => {
    const { model, parameters, ...trained } = trainedModel(presets['tf-tutorial']);
    const own = model.parameters.map(({ name, shape }) => {
      const data = parameters.get(name) ?? new Float32Array();
      return [name, { dtype: 'F32' as const, shape, data }] as const;
    });
    const metadata = { format: 'pt', model: 'tf-tutorial' };
    const bytes = weightsFile({ model, parameters, ...trained });
    expect(Buffer.compare(bytes, encodeSafetensors(new Map(own), metadata))).toBe(0);
    expect(decodeSafetensors(bytes, 'file').tensors.size).toBe(own.length);
  });
});

test.each([
  ['plain ü 한', '"plain ü 한"'],
  ['"\\', String.raw`"\"\\"`],
  ['\n\t\0', String.raw`"\u000a\u0009\u0000"`],
  ['\u202eabc\u2028', String.raw`"\u202eabc\u2028"`],
  ['🦉\u{e0041}\ud800', String.raw`"🦉\U000e0041\ud800"`],
])('the text %j in Python', (text, literal) => {
  expect(pythonText(text)).toBe(literal);
});

test.each([
  [1, '1.0'],
  [-2, '-2.0'],
  [0.1, '0.1'],
  [1e-7, '1e-7'],
  [1e21, '1e+21'],
])('the number %f in Python', (value, literal) => {
  expect(pythonFloat(value)).toBe(literal);
});

test('a list is broken where it is long', () => {
  expect(pythonList(['1', '2'])).toBe('[1, 2]');
  const long = pythonList(Array.from({ length: 60 }, (_, k) => `"class ${k}"`));
  expect(long.split('\n').every((line) => line.length <= 100)).toBe(true);
  expect(JSON.parse(long.replace(',\n]', ']'))).toHaveLength(60);
});
