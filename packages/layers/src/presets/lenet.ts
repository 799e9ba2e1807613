import { sigmoid } from '../activations/elementwise.ts';
import { avgPool2d } from '../pool/avg-pool2d.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { xavier } from '../settings/initializer.ts';
import type { Preset } from './preset.ts';

// Sigmoid passes on at most a quarter of a gradient: weights must begin large enough.
const initializer = xavier('uniform');

/**
 * LeNet on 28×28 images, as "Deep Learning from Scratch", section 7.7, describes it: sigmoid and
 * average pooling; 61,706 parameters.
 */
export const lenet: Preset = {
  name: 'lenet',
  input: [1, 28, 28],
  classes: 10,
  layers: (classes) => [
    conv2d({ filters: 6, kernelSize: 5, padding: 2, initializer }),
    sigmoid(),
    avgPool2d({ size: 2 }),
    conv2d({ filters: 16, kernelSize: 5, initializer }),
    sigmoid(),
    avgPool2d({ size: 2 }),
    flatten(),
    dense({ units: 120, initializer }),
    sigmoid(),
    dense({ units: 84, initializer }),
    sigmoid(),
    dense({ units: classes, initializer }),
  ],
};
