// How much the notebook computes. Multiply-adds decide, never a clock, so that it is always the same;
// measured on two cores of an AMD EPYC the kernels do 6 to 14 thousand million a second.
import { elementCount } from '@convbook/core';
import type { ResolvedLayer, ResolvedModel } from '@convbook/layers';

/** Most multiply-adds of all forward passes of one part of a notebook. */
const most = 1e10;

/**
 * Multiply-adds in the time of one position of a pooling window, and of one value of any other layer that
 * multiplies nothing. Measured beside a 5 × 5 convolution (8 maps of 28 × 28, one core): 12 million
 * positions of a 27 × 27 window and 3 million values a second where it did 370 million multiply-adds.
 */
const positionCost = 16;
const valueCost = 16;

/** How many samples may go through a model, from `least` to `wanted`; 0 where even those are too many. */
export function affordable(model: ResolvedModel, least: number, wanted: number): number {
  const count = Math.floor(most / Math.max(1, passCost(model)));
  return count < least ? 0 : Math.min(count, wanted);
}

/** What a forward pass of one sample takes, as so many multiply-adds. */
export function passCost(model: ResolvedModel): number {
  return model.layers.reduce((sum, layer) => sum + layerCost(layer), 0);
}

function layerCost({ spec, window, multiplyAdds, inputShape, outputShape }: ResolvedLayer): number {
  if (multiplyAdds > 0 || spec.kind === 'flatten') return multiplyAdds;
  if (window === null) return elementCount(inputShape) * valueCost;
  const [height, width] = window.kernelSize;
  return elementCount(outputShape) * height * width * positionCost;
}
