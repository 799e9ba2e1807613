import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import type { Preset } from './preset.ts';

/** Two convolutions and two dense layers, as in the "CNN made easy" notes: 38,390 parameters. */
export const twoStage: Preset = {
  name: 'two-stage',
  input: [1, 28, 28],
  classes: 10,
  layers: (classes) => [
    conv2d({ filters: 10, kernelSize: 5 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 20, kernelSize: 5 }),
    relu(),
    maxPool2d({ size: 2 }),
    flatten(),
    dense({ units: 100 }),
    relu(),
    dense({ units: classes }),
  ],
};
