import { relu } from '../activations/relu.ts';
import { batchNorm } from '../batch-norm/batch-norm.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { residual, type LayerSpec } from '../registry.ts';

/** The basic block of He and others (2015): two convolutions of 3 × 3, each normalized, and ReLU after the sum. */
export function residualBlock(filters: number, stride = 1): LayerSpec[] {
  const conv = (stride: number) =>
    conv2d({ filters, kernelSize: 3, padding: 1, stride, bias: false });
  return [residual({ layers: [conv(stride), batchNorm(), relu(), conv(1), batchNorm()] }), relu()];
}
