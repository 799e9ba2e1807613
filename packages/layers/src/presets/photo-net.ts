import { relu } from '../activations/relu.ts';
import { batchNorm } from '../batch-norm/batch-norm.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { globalAvgPool2d } from '../pool/global-avg-pool2d.ts';
import type { Preset } from './preset.ts';
import { residualBlock } from './residual-block.ts';

/**
 * A small residual network for folders of photos: 304,474 parameters. Its first convolution and a pooling
 * quarter rows and columns, so that most work is on maps of 16 × 16 and less; any size of image fits.
 */
export const photoNet: Preset = {
  name: 'photo-net',
  input: [3, 64, 64],
  classes: 10,
  layers: (classes) => [
    conv2d({ filters: 16, kernelSize: 5, stride: 2, padding: 2, bias: false }),
    batchNorm(),
    relu(),
    maxPool2d({ size: 2 }),
    ...residualBlock(32),
    ...residualBlock(64, 2),
    ...residualBlock(128, 2),
    globalAvgPool2d(),
    dense({ units: classes }),
  ],
};
