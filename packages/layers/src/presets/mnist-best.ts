import { batchNorm } from '../batch-norm/batch-norm.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import type { Preset } from './preset.ts';

/**
 * A narrow network for the recipe `best`: 64,458 parameters. Most of its work is at 14 × 14 and
 * 7 × 7, where a filter costs little.
 */
export const mnistBest: Preset = {
  name: 'mnist-best',
  input: [1, 28, 28],
  classes: 10,
  layers: (classes) => [
    conv2d({ filters: 16, kernelSize: 5, padding: 2 }),
    batchNorm(),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 32, kernelSize: 3, padding: 1 }),
    batchNorm(),
    relu(),
    conv2d({ filters: 32, kernelSize: 3, padding: 1 }),
    batchNorm(),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 64, kernelSize: 3, padding: 1 }),
    batchNorm(),
    relu(),
    flatten(),
    dense({ units: classes }),
  ],
};
