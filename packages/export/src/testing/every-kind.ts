import type { LayerSpec, ModelSpec } from '@convbook/layers';

/** A model with every kind of layer, and windows of every sort. */
export const everyKind: ModelSpec = {
  name: 'every kind',
  input: [2, 19, 17],
  layers: [
    { kind: 'conv2d', filters: 6, kernelSize: [3, 2], groups: 2, padding: [1, 2], stride: [1, 2] },
    { kind: 'relu' },
    { kind: 'localResponseNorm', alpha: 0.3, divideAlpha: false },
    { kind: 'conv2d', filters: 8, kernelSize: 3, dilation: 2, padding: 2, bias: false },
    { kind: 'batchNorm', epsilon: 0.001 },
    { kind: 'prelu' },
    { kind: 'maxPool2d', size: 3, stride: 2, padding: 1, rounding: 'ceil' },
    { kind: 'gelu' },
    { kind: 'minPool2d', size: [2, 3], stride: 1, padding: [1, 1] },
    {
      kind: 'residual',
      layers: [
        { kind: 'conv2d', filters: 5, kernelSize: 3, stride: [2, 1], padding: 1 },
        { kind: 'silu' },
        { kind: 'dropout' },
        { kind: 'batchNorm' },
      ],
    },
    { kind: 'elu', alpha: 0.7 },
    { kind: 'residual', layers: [{ kind: 'softplus' }, { kind: 'dropout', rate: 0.2 }] },
    { kind: 'avgPool2d', size: 3, stride: 2, padding: 1, rounding: 'ceil' },
    { kind: 'avgPool2d', size: 2, stride: 1, padding: 1, countPadding: false },
    { kind: 'leakyRelu', slope: 0.2 },
    { kind: 'residual', shortcut: 'conv', layers: [{ kind: 'tanh' }] },
    { kind: 'globalAvgPool2d' },
    { kind: 'softmax' },
    { kind: 'flatten' },
    { kind: 'dense', units: 6 },
    { kind: 'sigmoid' },
    { kind: 'prelu', initialSlope: -0.5 },
    { kind: 'batchNorm' },
    { kind: 'dense', units: 4 },
    { kind: 'dropout' },
  ],
};

/** The kinds of some layers, and of those inside of residual blocks. */
export function kindsOf(layers: readonly LayerSpec[]): Set<string> {
  return new Set(
    layers.flatMap((layer) => {
      return layer.kind === 'residual' ? [layer.kind, ...kindsOf(layer.layers)] : [layer.kind];
    }),
  );
}
