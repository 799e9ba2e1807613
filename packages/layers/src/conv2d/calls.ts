// conv2d with the layers after it that its pass computes, too.
import type { Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import type { LayerPlan, LayerTraining } from '../calls/layer-kind.ts';
import { isMaxPool2d } from '../pool/max-pool2d.ts';
import { trainBilinear } from './bilinear.ts';
import { toConvGeometry, toConvShape, type ConvGeometry, type ConvSettings } from './geometry.ts';
import { directForwardCalls, trainPlain } from './plain.ts';
import { evaluatePooled, trainPooled } from './pooled.ts';
import { strategyOf, type ConvStrategy } from './strategy.ts';
import { convWholeBatch } from './whole-batch.ts';
import { prepareCalls, preparedBytes } from './prepare.ts';

export const conv2dPlan: LayerPlan<ConvSettings> = {
  // max(relu(x)) = relu(max(x)), so the order of those two does not matter.
  fuses: [['relu', 'maxPool2d'], ['maxPool2d', 'relu'], ['relu']],
  evaluate,
};

export const conv2dTraining: LayerTraining<ConvSettings> = {
  train,
  wholeBatch: convWholeBatch,
  preparedBytes: (layer, followedBy) =>
    preparedBytes(toConvShape(layer), strategyOf(layer, followedBy)),
};

function evaluate(context: EvaluationContext<ConvSettings>): Call[] {
  const geometry = toConvGeometry(context.layer, context.shard.lanes);
  const pool = context.followedBy.find(isMaxPool2d);
  return pool ? evaluatePooled(context, geometry, pool) : directForwardCalls(context, geometry);
}

function train(context: TrainingContext<ConvSettings>): TrainingCalls {
  const geometry = toConvGeometry(context.layer, context.shard.lanes);
  const strategy = strategyOf(context.layer, context.followedBy);
  return {
    ...trainBy(strategy, context, geometry),
    prepare: prepareCalls(context, strategy),
  };
}

function trainBy(
  strategy: ConvStrategy,
  context: TrainingContext<ConvSettings>,
  geometry: ConvGeometry,
): TrainingCalls {
  switch (strategy.kind) {
    case 'plain':
      return trainPlain(context, geometry, strategy);
    case 'bilinear':
      return trainBilinear(context, geometry, strategy);
    case 'pooled':
      return trainPooled(context, geometry, strategy);
    default:
      return strategy satisfies never;
  }
}
