// The sum of a residual block, with ReLU where it follows. Its branches are passes of their own.
import { elementCount } from '@convbook/core';
import { includesRelu, reluGradientInPlace } from '../activations/relu.ts';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingContext } from '../calls/contexts.ts';
import type { LayerPlan, LayerTraining } from '../calls/layer-kind.ts';
import type { Place } from '../calls/place.ts';

export const residualPlan: LayerPlan<null> = {
  fuses: [['relu']],
  evaluate: (context) => [sum(context)],
};

export const residualTraining: LayerTraining<null> = {
  train: (context) => ({ forward: [sum(context)], inputGradient: gradient(context) }),
};

function sum(context: EvaluationContext): Call {
  const { input, shortcut, output, followedBy } = context;
  if (!shortcut) throw new Error(`${context.layer.name}: its plan has no place of the shortcut`);
  const relu = includesRelu(followedBy) ? 1 : 0;
  return call('add', { y: output, a: input, b: shortcut, vectors: vectorsOf(context), relu });
}

// Both branches have the gradient of the sum. The shortcut reads it where it is; the layers have a copy
// where they need one of their own.
function gradient(context: TrainingContext): Call[] {
  const { layer, shard, followedBy, outputGradient, inputGradient } = context;
  const elements = elementCount(layer.outputShape);
  const masked = includesRelu(followedBy) ? [reluGradientInPlace(context, elements)] : [];
  if (!inputGradient || isSame(inputGradient, outputGradient)) return masked;
  const size = elements * shard.lanes * 4;
  const to = { to: inputGradient, toPlane: size, toRow: size };
  const from = { from: outputGradient, fromPlane: size, fromRow: size };
  return [...masked, call('copyPlanes', { ...to, ...from, planes: 1, rows: 1, rowBytes: size })];
}

function isSame(a: Place, b: Place): boolean {
  return a.region === b.region && a.offset === b.offset;
}

function vectorsOf({ layer, shard }: EvaluationContext): number {
  return (elementCount(layer.outputShape) * shard.lanes) / 4;
}
