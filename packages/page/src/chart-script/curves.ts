// The curves of the part that the reader sees: points of the log where the page has them.
import type { Curve } from '../charts/readout.ts';
import { runningMean, type Point } from '../charts/series.ts';
import { toText, type Text } from '../text/text.ts';
import type { ChartModel, Layer } from './spec.ts';

/** A curve that can be shown, with its points from left to right. */
export interface CurveLine {
  /** Place among the chart's curves. */
  readonly at: number;
  readonly name: Text;
  readonly color: string;
  readonly width: number;
  readonly dash: readonly number[];
  readonly points: readonly Point[];
  /** Steps that each point is the mean of; null where it is not smoothed. */
  readonly smoothedOver: number | null;
}

/** Name that the layer of a smoothed curve has: see `smoothing.ts` of the charts. */
const smoothed = /window_(\d+)/;

/**
 * The curves of a chart.
 *
 * @param window Steps that smoothed curves are shown as the mean of.
 */
export function curveLines(model: ChartModel, window: number): CurveLine[] {
  return model.meta.curves.map((curve, at) => {
    const line = lineOf(model, curve);
    const isSmoothed = smoothed.test(line.name);
    return {
      at,
      name: model.textOf(toText(curve.name).en),
      color: curve.color,
      width: curve.width,
      dash: curve.dash ?? [],
      points: pointsOf(model, { curve, line: line.layer, isSmoothed }, window),
      smoothedOver: isSmoothed && window > 1 ? window : null,
    };
  });
}

function lineOf({ layers }: ChartModel, curve: Curve): { layer: Layer; name: string } {
  const own = curve.layers.map((k) => layers[k]);
  const layer = own.find(({ mark }) => mark.type === 'line') ?? own[0];
  return { layer, name: layer.name ?? '' };
}

function pointsOf(
  { steps }: ChartModel,
  { curve, line, isSmoothed }: { curve: Curve; line: Layer; isSmoothed: boolean },
  window: number,
): readonly Point[] {
  const stride = steps?.[0]?.weight ?? 1;
  if (steps !== null && isSmoothed) return runningMean(steps, window / stride);
  if (steps !== null && curve.isEachStep && stride === 1) return steps;
  return line.data.values.map(({ x, y }) => ({ x: Number(x), y: Number(y) }));
}

/** The point of a curve nearest to a place. */
export function nearest(points: readonly Point[], x: number): Point {
  const after = firstFrom(points.length, (k) => points[k].x >= x);
  const [a, b] = [points[Math.max(0, after - 1)], points[Math.min(points.length - 1, after)]];
  return x - a.x < b.x - x ? a : b;
}

/** The first of `count` places from which on a condition holds; `count` where it never does. */
export function firstFrom(count: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Every place that has a point of a curve, from left to right. */
export function placesOf(curves: readonly CurveLine[]): number[] {
  const all = curves.flatMap(({ points }) => points.map(({ x }) => x));
  return [...new Set(all)].sort((a, b) => a - b);
}
