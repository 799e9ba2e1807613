import { resolveModel } from '@convbook/layers';
import { expect, test } from 'vitest';
import { layerRows } from './layer-rows.ts';

test('layerRows joins normalizations and activations to their layers and leaves out flatten', () => {
  const model = resolveModel({
    input: [1, 8, 8],
    layers: [
      { kind: 'conv2d', filters: 2, kernelSize: 3 },
      { kind: 'batchNorm' },
      { kind: 'relu' },
      { kind: 'flatten' },
      { kind: 'dense', units: 3 },
    ],
  });
  expect(layerRows(model).map(({ name, from, to }) => [name, from, to])).toEqual([
    ['conv1 + bn1 + relu1', 0, 3],
    ['dense1', 4, 5],
  ]);
});
