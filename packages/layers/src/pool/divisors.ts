// The divisors of average pooling: the sum of each window is divided by one.
import type { EvaluationContext } from '../calls/contexts.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';
import { columnRuns, type AxisTaps } from '../calls/window-program.ts';
import type { WindowFacts } from '../settings/window.ts';
import type { PoolGeometry } from './geometry.ts';

export interface AvgPoolSettings extends WindowFacts {
  /** Whether padding counts in the divisor. */
  readonly countPadding: boolean;
}

/** The divisor of each segment of the program, as the bits of float32. */
export function divisorsOf(
  { layer, tables }: Pick<EvaluationContext<AvgPoolSettings>, 'layer' | 'tables'>,
  { rows, columns }: Pick<PoolGeometry, 'rows' | 'columns'>,
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
