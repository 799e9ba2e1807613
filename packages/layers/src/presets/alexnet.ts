import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { dropout } from '../dropout/dropout.ts';
import { flatten } from '../flatten/flatten.ts';
import { localResponseNorm } from '../local-response-norm/local-response-norm.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import type { Preset } from './preset.ts';

// Overlapping pooling: windows of 3 at a stride of 2.
const overlapping = maxPool2d({ size: 3, stride: 2 });

/**
 * AlexNet (Krizhevsky et al., 2012; "Deep Learning from Scratch", section 7.7) on 227×227 colour
 * images of 1000 classes, in two groups as it ran on two processors: 60,965,224 parameters.
 */
export const alexnet: Preset = {
  name: 'alexnet',
  input: [3, 227, 227],
  classes: 1000,
  layers: (classes) => [
    conv2d({ filters: 96, kernelSize: 11, stride: 4 }),
    relu(),
    localResponseNorm(),
    overlapping,
    conv2d({ filters: 256, kernelSize: 5, padding: 2, groups: 2 }),
    relu(),
    localResponseNorm(),
    overlapping,
    conv2d({ filters: 384, kernelSize: 3, padding: 1 }),
    relu(),
    conv2d({ filters: 384, kernelSize: 3, padding: 1, groups: 2 }),
    relu(),
    conv2d({ filters: 256, kernelSize: 3, padding: 1, groups: 2 }),
    relu(),
    overlapping,
    flatten(),
    dense({ units: 4096 }),
    relu(),
    dropout({ rate: 0.5 }),
    dense({ units: 4096 }),
    relu(),
    dropout({ rate: 0.5 }),
    dense({ units: classes }),
  ],
};

/** The same parts in a size that a laptop can train: 63×63 colour images of 10 classes. */
export const alexnetMini: Preset = {
  name: 'alexnet-mini',
  input: [3, 63, 63],
  classes: 10,
  layers: (classes) => [
    conv2d({ filters: 16, kernelSize: 7, stride: 2 }),
    relu(),
    localResponseNorm(),
    overlapping,
    conv2d({ filters: 32, kernelSize: 5, padding: 2, groups: 2 }),
    relu(),
    localResponseNorm(),
    overlapping,
    conv2d({ filters: 48, kernelSize: 3, padding: 1 }),
    relu(),
    conv2d({ filters: 32, kernelSize: 3, padding: 1, groups: 2 }),
    relu(),
    overlapping,
    flatten(),
    dense({ units: 128 }),
    relu(),
    dropout({ rate: 0.5 }),
    dense({ units: classes }),
  ],
};
