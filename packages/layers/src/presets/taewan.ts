import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import type { Preset } from './preset.ts';

/** The model of taewan.kim's "CNN summary", section 4: 64,620 parameters. */
export const taewan: Preset = {
  name: 'taewan',
  input: [1, 39, 31],
  classes: 100,
  layers: (classes) => [
    conv2d({ filters: 20, kernelSize: 4 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 40, kernelSize: 3 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 60, kernelSize: 3 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 80, kernelSize: 2 }),
    relu(),
    flatten(),
    dense({ units: classes }),
  ],
};

/** The fully connected net it is compared with, section 5: 1,056,850 parameters. */
export const taewanFc: Preset = {
  name: 'taewan-fc',
  input: [1, 39, 31],
  classes: 100,
  layers: (classes) => [
    flatten(),
    dense({ units: 600 }),
    relu(),
    dense({ units: 300 }),
    relu(),
    dense({ units: 300 }),
    relu(),
    dense({ units: 150 }),
    relu(),
    dense({ units: classes }),
  ],
};
