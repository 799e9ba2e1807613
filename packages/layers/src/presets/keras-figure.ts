import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import type { Preset } from './preset.ts';

/** The Keras model of taewan.kim's "CNN summary", section 3: 133,792 parameters. */
export const kerasFigure: Preset = {
  name: 'keras-figure',
  input: [1, 120, 60],
  classes: 4,
  layers: (classes) => [
    conv2d({ filters: 12, kernelSize: 5 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 16, kernelSize: 5 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 20, kernelSize: 4 }),
    relu(),
    maxPool2d({ size: 2 }),
    flatten(),
    dense({ units: 128 }),
    relu(),
    dense({ units: classes }),
  ],
};
