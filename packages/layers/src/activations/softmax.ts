import { softmaxBackward, softmaxForward } from '@convbook/core';
import type { LayerKind } from '../calls/layer-kind.ts';
import { planSoftmax } from './softmax-calls.ts';

export interface SoftmaxSpec {
  readonly kind: 'softmax';
}

/**
 * eˣ over its sum along the channels, or along a vector's values: positive numbers of sum 1. The loss
 * `softmax-cross-entropy` contains it: a model trained with that ends with its dense layer.
 */
export function softmax(): SoftmaxSpec {
  return { kind: 'softmax' };
}

export const softmaxKind: LayerKind<SoftmaxSpec> = {
  kind: 'softmax',
  prefix: 'softmax',
  isActivation: true,
  settingTypes: {},
  resolve: (_spec, inputShape) => ({
    outputShape: inputShape,
    parameters: [],
    multiplyAdds: 0,
    filters: null,
    window: null,
  }),
  plan: planSoftmax,
  reference: {
    forward: (x) => softmaxForward(x),
    backward: (_x, y, dY) => ({ dX: softmaxBackward(y, dY.data), parameters: {} }),
  },
};
