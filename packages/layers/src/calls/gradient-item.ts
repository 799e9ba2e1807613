// The gradient of a parameter, or of a part of it, as one item of the phase after all shards.
import { alignUp, type Call, type Place } from './place.ts';

/** Calls that end in the sum of squares of the gradient they made, at the arena's start. */
export interface GradientItem {
  /** Full name of the parameter whose gradient this is, or part of it. */
  readonly parameter: string;
  readonly calls: readonly Call[];
}

/** Where a worker leaves the sum of squares of an item. */
export const squares: Place = { region: 'arena', offset: 0 };

/** Most items a parameter's gradient is cut into; each starts at a cache line. */
const itemsPerParameter = 16;

/** `[from, to)` parts of `count` floats: at most `itemsPerParameter`, of whole cache lines. */
export function cut(count: number): [from: number, to: number][] {
  const size = alignUp(Math.ceil(count / itemsPerParameter) * 4) / 4;
  const parts: [number, number][] = [];
  for (let from = 0; from < count; from += size) parts.push([from, Math.min(from + size, count)]);
  return parts;
}
