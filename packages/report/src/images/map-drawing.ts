// Places of a plane's points in a drawing.
import { highest, lowest } from '@convbook/core';
import type { DrawnPoint } from './dots.ts';

/** Points as they are drawn, all at one scale. */
export interface MapDrawing {
  readonly width: number;
  readonly height: number;
  /** In the order given, whole numbers; y grows downwards. */
  readonly points: readonly DrawnPoint[];
}

/** The drawing is at most so large, and at least so small that what stands beside a point has room. */
const most = { width: 1000, height: 660 };
const least = { width: 600, height: 420 };
const margin = 30;

/** Both directions on the same scale, so that distances are true; the drawing is as large as the points need. */
export function drawPoints(points: readonly DrawnPoint[]): MapDrawing {
  const [x, y] = [points.map((point) => point.x), points.map((point) => point.y)].map(extent);
  const scales = [(most.width - 2 * margin) / x.length, (most.height - 2 * margin) / y.length];
  const scale = lowest([...scales.filter(Number.isFinite), most.width]);
  const width = Math.max(least.width, Math.round(x.length * scale) + 2 * margin);
  const height = Math.max(least.height, Math.round(y.length * scale) + 2 * margin);
  return {
    width,
    height,
    points: points.map((point) => ({
      x: Math.round(width / 2 + (point.x - x.middle) * scale),
      y: Math.round(height / 2 - (point.y - y.middle) * scale),
    })),
  };
}

function extent(values: readonly number[]) {
  const [low, high] = [lowest(values), highest(values)];
  return { length: high - low, middle: (low + high) / 2 };
}

/** The middle of some points: the median in each direction. */
export function middleOf(points: readonly DrawnPoint[]): DrawnPoint {
  const median = (values: number[]) =>
    values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return { x: median(points.map(({ x }) => x)), y: median(points.map(({ y }) => y)) };
}
