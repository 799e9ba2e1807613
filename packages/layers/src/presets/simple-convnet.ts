import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import { gaussian } from '../settings/initializer.ts';
import { buildPreset, type Preset } from './preset.ts';

const initializer = gaussian(0.01);

export const simpleConvnetPreset: Preset = {
  name: 'simple-convnet',
  input: [1, 28, 28],
  classes: 10,
  layers: (classes) => [
    conv2d({ filters: 30, kernelSize: 5, initializer }),
    relu(),
    maxPool2d({ size: 2 }),
    flatten(),
    dense({ units: 100, initializer }),
    relu(),
    dense({ units: classes, initializer }),
  ],
};

/** The network of "Deep Learning from Scratch", section 7.5: 433,890 parameters. */
export const simpleConvnet = buildPreset(simpleConvnetPreset);
