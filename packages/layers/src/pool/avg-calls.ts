// Average pooling, of windows or of the whole map.
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingContext } from '../calls/contexts.ts';
import type { LayerPlan, LayerTraining } from '../calls/layer-kind.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';
import { columnRuns, type AxisTaps } from '../calls/window-program.ts';
import type { WindowFacts } from '../settings/window.ts';
import { clearCalls, toPoolGeometry, type PoolGeometry } from './geometry.ts';

export interface AvgPoolSettings extends WindowFacts {
  /** Whether padding counts in the divisor. */
  readonly countPadding: boolean;
}

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

// The divisor of each segment of the program, as the bits of float32.
function divisorsOf(
  { layer, tables }: EvaluationContext<AvgPoolSettings>,
  { rows, columns }: PoolGeometry,
): Place {
  const [rowCounts, columnCounts] = [countsOf(layer, rows, 0), countsOf(layer, columns, 1)];
  const runs = columnRuns(columns);
  const divisors = rowCounts.flatMap((count) => runs.map((run) => count * columnCounts[run.first]));
  return tables.place(new Int32Array(Float32Array.from(divisors).buffer));
}

// Positions that each window has along an axis.
function countsOf(
  { inputShape, settings }: ResolvedLayer<AvgPoolSettings>,
  taps: AxisTaps,
  axis: 0 | 1,
): number[] {
  const { kernelSize, stride, padding, countPadding } = settings;
  const padded = inputShape[axis + 1] + 2 * padding[axis];
  return taps.map((list, output) => {
    const first = output * stride[axis];
    return countPadding ? Math.min(first + kernelSize[axis], padded) - first : list.length;
  });
}
