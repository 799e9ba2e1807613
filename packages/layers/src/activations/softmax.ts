import { elementCount } from '@convbook/core';
import { softmaxBackward, softmaxForward } from '@convbook/core/reference';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingContext } from '../calls/contexts.ts';
import type { LayerKind, LayerReference, LayerTraining } from '../calls/layer-kind.ts';
import { plainFacts } from '../calls/resolved.ts';

/** A `softmax()` layer as plain data. */
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

export const softmaxKind: LayerKind<SoftmaxSpec, null> = {
  kind: 'softmax',
  prefix: 'softmax',
  isActivation: true,
  settingTypes: {},
  resolve: (_spec, inputShape) => plainFacts(inputShape, null),
  plan: { evaluate: (context) => [forward(context)] },
};

export const softmaxTraining: LayerTraining<null> = {
  train: (context) => ({ forward: [forward(context)], inputGradient: gradient(context) }),
};

export const softmaxReference: LayerReference<null> = {
  forward: (x) => softmaxForward(x),
  backward: (_x, y, dY) => ({ dX: softmaxBackward(y, dY.data), parameters: {} }),
};

function forward(context: EvaluationContext): Call {
  return call('softmax', { y: context.output, x: context.input, ...sizesOf(context) });
}

function gradient(context: TrainingContext): Call[] {
  const { output: y, outputGradient: dY, inputGradient: dX } = context;
  return dX ? [call('softmaxGradient', { dX, dY, y, ...sizesOf(context) })] : [];
}

function sizesOf({ layer, shard }: EvaluationContext) {
  const [channels, ...positions] = layer.outputShape;
  return { channels, plane: elementCount(positions) * shard.lanes * 4 };
}
