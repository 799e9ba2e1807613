// Average pooling, of windows or of the whole map.
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingContext } from '../calls/contexts.ts';
import type { LayerPlan, LayerTraining } from '../calls/layer-kind.ts';
import type { Place } from '../calls/place.ts';
import { divisorsOf, type AvgPoolSettings } from './divisors.ts';
import { clearCalls, toPoolGeometry, type PoolGeometry } from './geometry.ts';

export const avgPoolPlan: LayerPlan<AvgPoolSettings> = {
  evaluate(context) {
    const geometry = toPoolGeometry(context.layer, context);
    return [forward(context, geometry, divisorsOf(context, geometry))];
  },
};

export const avgPoolTraining: LayerTraining<AvgPoolSettings> = {
  train(context) {
    const geometry = toPoolGeometry(context.layer, context);
    const divisors = divisorsOf(context, geometry);
    return {
      forward: [forward(context, geometry, divisors)],
      inputGradient: gradient(context, geometry, divisors),
    };
  },
};

function forward(
  { input: x, output: y }: EvaluationContext,
  { channels, inputPlane: xPlane, outputPlane: yPlane, program }: PoolGeometry,
  divisors: Place,
): Call {
  return call('avgPool', { y, yPlane, x, xPlane, channels, program, divisors });
}

function gradient(
  { outputGradient: dY, inputGradient: dX }: TrainingContext,
  geometry: PoolGeometry,
  divisors: Place,
): Call[] {
  if (!dX) return [];
  const { channels, inputPlane: xPlane, outputPlane: yPlane, program, overlaps } = geometry;
  const add = overlaps ? 1 : 0;
  return [
    ...clearCalls(geometry, dX, channels),
    call('avgPoolGradient', { dX, xPlane, dY, yPlane, channels, program, divisors, add }),
  ];
}
