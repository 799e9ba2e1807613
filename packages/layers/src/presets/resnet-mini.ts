import { relu } from '../activations/relu.ts';
import { batchNorm } from '../batch-norm/batch-norm.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { globalAvgPool2d } from '../pool/global-avg-pool2d.ts';
import type { Preset } from './preset.ts';
import { residualBlock } from './residual-block.ts';

/**
 * The network of He and others (2015) for CIFAR-10 with n = 2: three stages of 16, 32 and 64 filters and
 * 14 layers with weights. Where shapes differ the shortcut is a convolution: 175,066 parameters.
 */
export const resnetMini: Preset = {
  name: 'resnet-mini',
  input: [3, 32, 32],
  classes: 10,
  layers: (classes) => [
    conv2d({ filters: 16, kernelSize: 3, padding: 1, bias: false }),
    batchNorm(),
    relu(),
    ...residualBlock(16),
    ...residualBlock(16),
    ...residualBlock(32, 2),
    ...residualBlock(32),
    ...residualBlock(64, 2),
    ...residualBlock(64),
    globalAvgPool2d(),
    dense({ units: classes }),
  ],
};
