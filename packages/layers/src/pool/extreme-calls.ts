// Max and min pooling: the position of each window's value is kept for the gradient.
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import type { LayerPlan, LayerTraining } from '../calls/layer-kind.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';
import type { WindowFacts } from '../settings/window.ts';
import { clearCalls, toPoolGeometry } from './geometry.ts';

/** Maps of some channels, and where each of their windows had its value. */
export interface PooledMaps {
  readonly y: Place;
  readonly index: Place;
  readonly x: Place;
  readonly channels: number;
  /** Whether ReLU is applied to the pooled values. */
  readonly hasRelu: boolean;
}

export interface MapGradients {
  readonly dX: Place;
  readonly dY: Place;
  readonly index: Place;
  readonly channels: number;
}

/** The calls of a max pooling layer, for any number of channels at any place. */
export interface PoolCalls {
  /** Bytes of one channel's pooled map. */
  readonly outputPlane: number;
  /** Bytes of the index of one channel's map. */
  readonly indexPlane: number;
  forward(maps: PooledMaps): Call;
  backward(gradients: MapGradients): Call[];
}

export function maxPoolCalls(
  pool: ResolvedLayer<WindowFacts>,
  context: Pick<EvaluationContext, 'shard' | 'tables'>,
): PoolCalls {
  const geometry = toPoolGeometry(pool, context);
  const { inputPlane: xPlane, outputPlane: yPlane, program, overlaps } = geometry;
  return {
    outputPlane: yPlane,
    indexPlane: yPlane / 2,
    forward: ({ hasRelu, ...maps }) =>
      call('maxPool', { ...maps, yPlane, xPlane, program, relu: hasRelu ? 1 : 0 }),
    backward: (gradients) => [
      ...clearCalls(geometry, gradients.dX, gradients.channels),
      call('maxPoolGradient', { ...gradients, xPlane, yPlane, program, add: overlaps ? 1 : 0 }),
    ],
  };
}

type Forward = (context: EvaluationContext<WindowFacts>, index: Place) => Call;

const maxPool: Forward = (context, index) => {
  const { layer, input: x, output: y } = context;
  const channels = layer.inputShape[0];
  return maxPoolCalls(layer, context).forward({ y, index, x, channels, hasRelu: false });
};

const minPool: Forward = (context, index) => {
  const { layer, input: x, output: y } = context;
  const geometry = toPoolGeometry(layer, context);
  const { channels, inputPlane: xPlane, outputPlane: yPlane, program } = geometry;
  return call('minPool', { y, yPlane, index, x, xPlane, channels, program });
};

/** Max pooling on its own. */
export const maxPoolPlan: LayerPlan<WindowFacts> = {
  evaluate: (context) => [maxPool(context, takeIndex(context))],
};
export const maxPoolTraining: LayerTraining<WindowFacts> = {
  train: (context) => train(context, maxPool),
};

/** Min pooling; it keeps what max pooling keeps, and so has its gradient. */
export const minPoolPlan: LayerPlan<WindowFacts> = {
  evaluate: (context) => [minPool(context, takeIndex(context))],
};
export const minPoolTraining: LayerTraining<WindowFacts> = {
  train: (context) => train(context, minPool),
};

function train(context: TrainingContext<WindowFacts>, forward: Forward): TrainingCalls {
  const index = takeIndex(context);
  return { forward: [forward(context, index)], inputGradient: gradient(context, index) };
}

function takeIndex(context: EvaluationContext<WindowFacts>): Place {
  const { channels, outputPlane } = toPoolGeometry(context.layer, context);
  return context.arena.take((channels * outputPlane) / 2);
}

function gradient(context: TrainingContext<WindowFacts>, index: Place): Call[] {
  const { layer, outputGradient: dY, inputGradient: dX } = context;
  if (!dX) return [];
  const channels = layer.inputShape[0];
  return maxPoolCalls(layer, context).backward({ dX, dY, index, channels });
}
