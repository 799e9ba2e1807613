import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import type { Preset } from './preset.ts';

/** The model of TensorFlow's CNN tutorial, on MNIST: 93,322 parameters. */
export const tfTutorial: Preset = {
  name: 'tf-tutorial',
  input: [1, 28, 28],
  classes: 10,
  layers: (classes) => [
    conv2d({ filters: 32, kernelSize: 3 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 64, kernelSize: 3 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 64, kernelSize: 3 }),
    relu(),
    flatten(),
    dense({ units: 64 }),
    relu(),
    dense({ units: classes }),
  ],
};
