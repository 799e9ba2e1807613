import { elementCount } from '@convbook/core';
import { reluBackward, reluForward } from '@convbook/core/reference';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingContext } from '../calls/contexts.ts';
import type { LayerKind, LayerReference, LayerTraining } from '../calls/layer-kind.ts';
import { plainFacts, type ResolvedLayer } from '../calls/resolved.ts';

/** A `relu()` layer as plain data. */
export interface ReluSpec {
  readonly kind: 'relu';
}

/** max(x, 0), any shape. Its gradient at 0 is 0. */
export function relu(): ReluSpec {
  return { kind: 'relu' };
}

/** Whether ReLU is among the layers that a pass computes after its own. */
export function includesRelu(followedBy: readonly ResolvedLayer[]): boolean {
  return followedBy.some(({ spec }) => spec.kind === 'relu');
}

/** Makes the gradient before ReLU from the one after it, in place; y is what ReLU gave. */
export function reluGradientInPlace(
  { output: y, outputGradient: dY, shard }: TrainingContext,
  elements: number,
): Call {
  return call('reluGradient', { dX: dY, dY, y, vectors: (elements * shard.lanes) / 4 });
}

export const reluKind: LayerKind<ReluSpec, null> = {
  kind: 'relu',
  prefix: 'relu',
  isActivation: true,
  settingTypes: {},
  resolve: (_spec, inputShape) => plainFacts(inputShape, null),
  plan: { evaluate: (context) => [forward(context)] },
};

export const reluTraining: LayerTraining<null> = {
  train: (context) => ({ forward: [forward(context)], inputGradient: gradient(context) }),
};

export const reluReference: LayerReference<null> = {
  forward: (x) => ({ shape: x.shape, data: reluForward(x.data) }),
  backward: (_x, y, dY) => ({ dX: reluBackward(y.data, dY.data), parameters: {} }),
};

function forward({ layer, shard, input: x, output: y }: EvaluationContext): Call {
  return call('relu', { y, x, vectors: (elementCount(layer.outputShape) * shard.lanes) / 4 });
}

function gradient({ layer, shard, output: y, ...context }: TrainingContext): Call[] {
  const { outputGradient: dY, inputGradient: dX } = context;
  const vectors = (elementCount(layer.outputShape) * shard.lanes) / 4;
  return dX ? [call('reluGradient', { dX, dY, y, vectors })] : [];
}
