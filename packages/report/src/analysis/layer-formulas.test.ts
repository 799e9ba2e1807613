import { allRows, conv2d, residual, simpleConvnet, summarize } from '@convbook/layers';
import { expect, test } from 'vitest';
import {
  activationBytes,
  fullyConnected,
  layerFormulas,
  receptiveFields,
} from './layer-formulas.ts';

const summary = summarize(simpleConvnet);

test('SimpleConvNet with the numbers put in', () => {
  expect(summary.layers.map(layerFormulas)).toEqual([
    {
      output: '⌊(28 + 2·0 − 5) ∕ 1⌋ + 1 = 24',
      parameters: '30·(1·5·5) + 30 = 780',
      multiplyAdds: '30·24·24·(1·5·5) = 432,000',
    },
    { output: '⌊(24 + 2·0 − 2) ∕ 2⌋ + 1 = 12', parameters: null, multiplyAdds: null },
    { output: null, parameters: null, multiplyAdds: null },
    { output: null, parameters: '100·4,320 + 100 = 432,100', multiplyAdds: '100·4,320 = 432,000' },
    { output: null, parameters: '10·100 + 10 = 1,010', multiplyAdds: '10·100 = 1,000' },
  ]);
});

test('batch normalization has a scale and a shift for each channel', () => {
  const { layers } = summarize({
    input: [1, 9, 9],
    layers: [{ kind: 'conv2d', filters: 16, kernelSize: 3 }, { kind: 'batchNorm' }],
  });
  expect(layerFormulas(layers[1]).parameters).toBe('γ 16 + β 16 = 32');
  const changed = { ...layers[1], parameters: 33 };
  expect(layerFormulas(changed).parameters).toBeNull();
});

test('rows and columns apart where they differ', () => {
  const { layers } = summarize({
    input: [2, 9, 12],
    layers: [{ kind: 'conv2d', filters: 3, kernelSize: [3, 4], stride: [2, 1], padding: [1, 0] }],
  });
  expect(layerFormulas(layers[0]).output).toBe(
    'rows ⌊(9 + 2·1 − 3) ∕ 2⌋ + 1 = 5, columns ⌊(12 + 2·0 − 4) ∕ 1⌋ + 1 = 9',
  );
});

test('a formula whose value is not the summary’s is left out', () => {
  const changed = { ...summary.layers[0], parameters: 781, multiplyAdds: 1 };
  expect(layerFormulas(changed)).toMatchObject({ parameters: null, multiplyAdds: null });
});

test('receptive fields grow with kernels and strides', () => {
  const stack = summarize({
    input: [1, 28, 28],
    layers: [
      { kind: 'conv2d', filters: 2, kernelSize: 3 },
      { kind: 'maxPool2d', size: 2 },
      { kind: 'conv2d', filters: 2, kernelSize: 3 },
      { kind: 'flatten' },
    ],
  });
  expect(receptiveFields(stack)).toEqual([[3, 3], [4, 4], [8, 8], null]);
});

test('a block sees what its layers see, its shortcut less', () => {
  const conv = (stride: number) => conv2d({ filters: 3, kernelSize: 3, padding: 1, stride });
  const stack = summarize({
    input: [2, 12, 12],
    layers: [conv(1), residual({ layers: [conv(2), conv(1)] }), conv(1)],
  });
  expect(allRows(stack.layers).map(({ name }, k) => [name, receptiveFields(stack)[k]])).toEqual([
    ['conv1', [3, 3]],
    ['residual1', [9, 9]],
    ['residual1.conv1', [5, 5]],
    ['residual1.conv2', [9, 9]],
    ['residual1.shortcut', [3, 3]],
    ['conv2', [13, 13]],
  ]);
  expect(fullyConnected(stack).widths).toEqual([288, 432, 108, 108, 108]);
});

test('the fully connected net of like width, and bytes of an output', () => {
  expect(fullyConnected(summary)).toEqual({
    widths: [784, 17_280, 100, 10],
    parameters: 784 * 17_280 + 17_280 + 17_280 * 100 + 100 + 100 * 10 + 10,
  });
  expect(activationBytes(summary.layers[0])).toBe(30 * 24 * 24 * 4);
});
