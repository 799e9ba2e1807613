// The gradient of a parameter, or of a part of it, as one item of the phase after all shards.
import { call, type Call } from './call.ts';
import { alignUp, type Place } from './place.ts';

/** Where a part of a gradient lies: rows of floats. */
export interface GradientPart {
  readonly place: Place;
  /** Bytes from a row to the next. */
  readonly rowStride: number;
  readonly rows: number;
  /** Floats of a row. */
  readonly columns: number;
}

/** Calls that end in the sum of squares of the gradient they made, at the arena's start. */
export interface GradientItem {
  /** Full name of the parameter whose gradient this is, or part of it. */
  readonly parameter: string;
  /** What the calls make. */
  readonly gradient: GradientPart;
  readonly calls: readonly Call[];
}

/** Where a worker leaves the sum of squares of an item. */
const squares: Place = { region: 'arena', offset: 0 };

/** The item whose `calls` make `gradient`. */
export function gradientItem(
  parameter: string,
  gradient: GradientPart,
  calls: readonly Call[],
): GradientItem {
  const { place, rowStride, rows, columns } = gradient;
  const sum = call('sumSquares', { result: squares, x: place, rowStride, rows, columns });
  return { parameter, gradient, calls: [...calls, sum] };
}

/** A gradient of `floats` floats side by side. */
export function oneRow(place: Place, floats: number): GradientPart {
  return { place, rowStride: 0, rows: 1, columns: floats };
}

/** Most items a parameter's gradient is cut into; each starts at a cache line. */
const itemsPerParameter = 16;

/** `[from, to)` parts of `count` floats: at most `itemsPerParameter`, of whole cache lines. */
export function cut(count: number): [from: number, to: number][] {
  const size = alignUp(Math.ceil(count / itemsPerParameter) * 4) / 4;
  const parts: [number, number][] = [];
  for (let from = 0; from < count; from += size) parts.push([from, Math.min(from + size, count)]);
  return parts;
}
