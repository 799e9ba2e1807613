// Places of values in a drawing: the whole as Vega drew it, or a part of it.
import { padding } from '../charts/frame.ts';
import { boundsOf, type Point } from '../charts/series.ts';
import type { CurveLine } from './curves.ts';
import { bandScale, numberScale, type Domain, type Scale } from './scale.ts';
import type { ChartModel } from './spec.ts';
import type { ZoomAxis } from './zoom.ts';

/** The reader's choice of what to see. */
export interface View {
  /** The part of the horizontal axis; null for the whole. */
  readonly part: Domain | null;
  /** Curves that are switched off. */
  readonly off: ReadonlySet<number>;
  /** Steps that smoothed curves are the mean of. */
  readonly window: number;
}

/** A plot in a drawing of some width, in pixels. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly xDomain: Domain;
  readonly yDomain: Domain;
  /** Height of a row; 0 where the axis has none. */
  readonly bandwidth: number;
}

/** Room above and below the curves of a part, as a share of their range. */
const margin = 0.05;

/** The horizontal axis. */
export function zoomAxis({ x, meta }: ChartModel): ZoomAxis {
  const { 0: low, length, [length - 1]: high } = meta.domains.x;
  return { kind: x.scale?.type === 'log' ? 'log' : 'linear', whole: [low, high] };
}

/** The plot of a drawing as wide as `drawingWidth`; `shown` are the curves that are not switched off. */
export function plotOf(
  model: ChartModel,
  drawingWidth: number,
  { part }: View,
  shown: readonly CurveLine[],
): Plot {
  const { kind, whole } = zoomAxis(model);
  const width = drawingWidth - padding.left - padding.right;
  const height = model.height - padding.top - padding.bottom;
  const xDomain = part ?? whole;
  const yDomain = part === null ? wholeY(model) : fittedY(model, part, shown);
  const frame = { width, height, xDomain, yDomain };
  const x = numberScale(kind, xDomain, [0, width]);
  const { scale = {}, type, axis } = model.y;
  if (type === 'ordinal') {
    const { paddingInner: inner = 0, paddingOuter: outer = 0 } = scale;
    const rows = bandScale(model.meta.domains.y, height, { inner, outer });
    return { ...frame, x, y: rows, bandwidth: rows.bandwidth };
  }
  // Rows with their words have no axis, and begin at the top.
  const range: Domain = axis === null ? [0, height] : [height, 0];
  const y = numberScale(scale.type === 'log' ? 'log' : 'linear', yDomain, range);
  return { ...frame, x, y, bandwidth: 0 };
}

function wholeY({ meta }: ChartModel): Domain {
  const { 0: low, length, [length - 1]: high } = meta.domains.y;
  return [low, high];
}

/** The values of the shown curves in a part; an axis that begins at zero stays whole. */
function fittedY(model: ChartModel, part: Domain, shown: readonly CurveLine[]): Domain {
  const whole = wholeY(model);
  const { scale = {} } = model.y;
  const values = shown.flatMap(({ points }) => within(points, part)).map(({ y }) => y);
  if (values.length === 0 || (whole[0] === 0 && scale.zero !== false)) return whole;
  const [low, high] = boundsOf(values);
  if (scale.type === 'log') {
    const room = (high / low) ** margin || 1;
    return low === high ? [low / 1.1, high * 1.1] : [low / room, high * room];
  }
  const room = (high - low) * margin || Math.abs(high) * margin || margin;
  return [low - room, high + room];
}

/** The points of a line in a part of the axis, and where the line enters and leaves it. */
export function within(points: readonly Point[], part: Domain): Point[] {
  const near = around(points, part);
  const [low, high] = part;
  return near.map((point, k) => {
    if (point.x < low) return k + 1 < near.length ? between(point, near[k + 1], low) : point;
    return point.x > high && k > 0 ? between(near[k - 1], point, high) : point;
  });
}

function between(a: Point, b: Point, x: number): Point {
  return { x, y: a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y) };
}

/** The points in a part and one on either side, through which the line enters and leaves. */
export function around(points: readonly Point[], [low, high]: Domain): Point[] {
  return points.filter(
    ({ x }, k) =>
      (x >= low || (points[k + 1]?.x ?? -Infinity) >= low) &&
      (x <= high || (points[k - 1]?.x ?? Infinity) <= high),
  );
}
