import type { ModelSpec } from '@convbook/layers';

/** Models with every kind of layer between them, for tests. */
export const variedModels: Readonly<Record<string, ModelSpec>> = {
  'convolutions and dense layers': {
    input: [2, 9, 11],
    layers: [
      { kind: 'conv2d', filters: 5, kernelSize: [3, 4], padding: [1, 2], stride: [1, 2] },
      { kind: 'relu' },
      { kind: 'maxPool2d', size: 2 },
      { kind: 'conv2d', filters: 3, kernelSize: 2 },
      { kind: 'flatten' },
      { kind: 'dense', units: 7 },
      { kind: 'relu' },
      { kind: 'dense', units: 4 },
    ],
  },
  'normalization, dropout and every pooling': {
    input: [2, 12, 11],
    layers: [
      { kind: 'conv2d', filters: 6, kernelSize: 3, groups: 2 },
      { kind: 'batchNorm' },
      { kind: 'relu' },
      { kind: 'avgPool2d', size: 2, stride: 1 },
      { kind: 'conv2d', filters: 4, kernelSize: 2, dilation: 2, bias: false },
      { kind: 'batchNorm' },
      { kind: 'gelu' },
      { kind: 'localResponseNorm' },
      { kind: 'minPool2d', size: 2, rounding: 'ceil' },
      { kind: 'dropout' },
      { kind: 'globalAvgPool2d' },
      { kind: 'dense', units: 6 },
      { kind: 'batchNorm' },
      { kind: 'sigmoid' },
      { kind: 'dense', units: 4 },
      { kind: 'softmax' },
    ],
  },
  'residual blocks': {
    input: [2, 10, 9],
    layers: [
      {
        kind: 'residual',
        layers: [
          { kind: 'conv2d', filters: 4, kernelSize: 3, padding: 1, stride: 2, bias: false },
          { kind: 'batchNorm' },
          { kind: 'relu' },
          { kind: 'conv2d', filters: 4, kernelSize: 3, padding: 1 },
          { kind: 'batchNorm' },
        ],
      },
      { kind: 'relu' },
      {
        kind: 'residual',
        layers: [
          { kind: 'dropout' },
          { kind: 'conv2d', filters: 4, kernelSize: 3, padding: 1 },
          { kind: 'tanh' },
        ],
      },
      { kind: 'maxPool2d', size: 2 },
      { kind: 'flatten' },
      { kind: 'residual', layers: [{ kind: 'dense', units: 16 }] },
      { kind: 'dense', units: 4 },
    ],
  },
};
