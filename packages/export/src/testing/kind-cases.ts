import type { LayerSpec } from '@convbook/layers';

/** Layers of each kind with inputs to try them on: every setting, and every way a window may meet its map. */
export const kindCases: {
  readonly [Kind in LayerSpec['kind']]: readonly (readonly [
    input: readonly number[],
    spec: Extract<LayerSpec, { kind: Kind }>,
  ])[];
} = {
  conv2d: [
    [[1, 5, 7], { kind: 'conv2d', filters: 1, kernelSize: 1 }],
    [[3, 7, 6], { kind: 'conv2d', filters: 5, kernelSize: 3, stride: 2, padding: 1 }],
    [
      [2, 5, 9],
      { kind: 'conv2d', filters: 6, kernelSize: [2, 3], stride: [1, 2], padding: [0, 1] },
    ],
    [[2, 4, 4], { kind: 'conv2d', filters: 3, kernelSize: 1, padding: 2 }],
    [[2, 8, 7], { kind: 'conv2d', filters: 3, kernelSize: 2, stride: 3 }],
    [[1, 2, 3], { kind: 'conv2d', filters: 1, kernelSize: 2, stride: 2, padding: 3 }],
    [
      [3, 11, 9],
      { kind: 'conv2d', filters: 4, kernelSize: [3, 2], stride: [2, 1], dilation: [1, 3] },
    ],
    [[4, 6, 5], { kind: 'conv2d', filters: 6, kernelSize: 3, groups: 2, padding: 1 }],
    [[5, 6, 5], { kind: 'conv2d', filters: 5, kernelSize: 3, groups: 5, bias: false }],
  ],
  maxPool2d: [
    [[3, 7, 5], { kind: 'maxPool2d', size: 2 }],
    [[2, 7, 9], { kind: 'maxPool2d', size: 3, stride: 2 }],
    [[5, 5, 5], { kind: 'maxPool2d', size: 3, stride: 2, padding: 1 }],
    [[1, 6, 6], { kind: 'maxPool2d', size: [2, 3], stride: [3, 1] }],
    [[2, 7, 8], { kind: 'maxPool2d', size: 3, stride: 2, rounding: 'ceil' }],
    [[2, 6, 8], { kind: 'maxPool2d', size: 3, stride: 3, padding: 1, rounding: 'ceil' }],
    [[2, 7, 6], { kind: 'maxPool2d', size: 2, stride: 4, padding: 1, rounding: 'ceil' }],
  ],
  avgPool2d: [
    [[1, 4, 6], { kind: 'avgPool2d', size: 2 }],
    [[3, 7, 5], { kind: 'avgPool2d', size: 3, stride: 2, padding: 1 }],
    [[2, 6, 6], { kind: 'avgPool2d', size: 3, padding: 1, countPadding: false }],
    [[2, 7, 8], { kind: 'avgPool2d', size: [2, 3], stride: [3, 1] }],
    [[2, 7, 8], { kind: 'avgPool2d', size: 3, stride: 2, rounding: 'ceil' }],
    [[2, 7, 6], { kind: 'avgPool2d', size: 3, stride: 2, padding: 1, rounding: 'ceil' }],
    [[2, 7, 6], { kind: 'avgPool2d', size: 2, stride: 4, padding: 1, rounding: 'ceil' }],
    [[2, 6, 7], { kind: 'avgPool2d', size: [4, 3], stride: 3, padding: [2, 0], rounding: 'ceil' }],
    [
      [2, 7, 6],
      { kind: 'avgPool2d', size: 3, stride: 2, padding: 1, rounding: 'ceil', countPadding: false },
    ],
  ],
  minPool2d: [
    [[1, 4, 6], { kind: 'minPool2d', size: 2 }],
    [[5, 5, 5], { kind: 'minPool2d', size: 3, stride: 2, padding: 1 }],
    [[2, 6, 7], { kind: 'minPool2d', size: 2, stride: 2, rounding: 'ceil' }],
  ],
  globalAvgPool2d: [
    [[3, 4, 5], { kind: 'globalAvgPool2d' }],
    [[1, 1, 1], { kind: 'globalAvgPool2d' }],
  ],
  localResponseNorm: [
    [[7, 3, 2], { kind: 'localResponseNorm', alpha: 0.5 }],
    [[4, 2, 3], { kind: 'localResponseNorm', size: 3, alpha: 0.2, beta: 0.5, k: 1 }],
    [[5, 2, 2], { kind: 'localResponseNorm', size: 3, alpha: 0.3, divideAlpha: false }],
    [[1, 2, 2], { kind: 'localResponseNorm', size: 1 }],
  ],
  batchNorm: [
    [[3, 2, 3], { kind: 'batchNorm' }],
    [[7], { kind: 'batchNorm', epsilon: 0.5 }],
  ],
  dropout: onMapsAndFeatures({ kind: 'dropout', rate: 0.3 }),
  relu: onMapsAndFeatures({ kind: 'relu' }),
  sigmoid: onMapsAndFeatures({ kind: 'sigmoid' }),
  tanh: onMapsAndFeatures({ kind: 'tanh' }),
  softplus: onMapsAndFeatures({ kind: 'softplus' }),
  leakyRelu: onMapsAndFeatures({ kind: 'leakyRelu' }, { kind: 'leakyRelu', slope: 0.2 }),
  elu: onMapsAndFeatures({ kind: 'elu' }, { kind: 'elu', alpha: 0.5 }),
  gelu: onMapsAndFeatures({ kind: 'gelu' }),
  silu: onMapsAndFeatures({ kind: 'silu' }),
  prelu: onMapsAndFeatures({ kind: 'prelu' }, { kind: 'prelu', initialSlope: -0.5 }),
  softmax: onMapsAndFeatures({ kind: 'softmax' }),
  flatten: onMapsAndFeatures({ kind: 'flatten' }),
  dense: [
    [[1], { kind: 'dense', units: 1 }],
    [[7], { kind: 'dense', units: 5 }],
  ],
  residual: [
    [[3, 5, 4], { kind: 'residual', layers: [{ kind: 'dropout' }, { kind: 'relu' }] }],
    [
      [3, 4, 4],
      {
        kind: 'residual',
        shortcut: 'conv',
        layers: [{ kind: 'conv2d', filters: 3, kernelSize: 3, padding: 1 }, { kind: 'batchNorm' }],
      },
    ],
    [
      [2, 7, 8],
      {
        kind: 'residual',
        layers: [
          { kind: 'maxPool2d', size: 2, stride: [2, 3], rounding: 'ceil' },
          { kind: 'tanh' },
        ],
      },
    ],
    [[4], { kind: 'residual', layers: [{ kind: 'flatten' }, { kind: 'dense', units: 4 }] }],
  ],
};

function onMapsAndFeatures<Spec>(...specs: Spec[]): (readonly [readonly number[], Spec])[] {
  return specs.flatMap((spec) => [[2, 3, 5], [3, 4], [7]].map((input) => [input, spec] as const));
}
