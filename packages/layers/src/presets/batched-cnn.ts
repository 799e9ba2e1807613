import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { relu } from '../activations/relu.ts';
import type { Preset } from './preset.ts';

// Halves rows and columns by a stride instead of pooling.
function block(filters: number) {
  return [
    conv2d({ filters, kernelSize: 3, padding: 1 }),
    relu(),
    conv2d({ filters, kernelSize: 3, stride: 2, padding: 1 }),
    relu(),
  ];
}

/** The PyTorch MNIST model of the CNN lecture slides: 4,816,258 parameters. */
export const batchedCnn: Preset = {
  name: 'batched-cnn',
  input: [1, 28, 28],
  classes: 10,
  layers: (classes) => [
    ...block(32),
    ...block(64),
    ...block(128),
    ...block(256),
    ...block(512),
    flatten(),
    dense({ units: 200 }),
    relu(),
    dense({ units: classes }),
  ],
};
