// The gradient of a parameter, or of a part of it, as one item of the phase after all shards.
import type { Call } from './call.ts';
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

/** A gradient of `floats` floats side by side. */
export function oneRow(place: Place, floats: number): GradientPart {
  return { place, rowStride: 0, rows: 1, columns: floats };
}

/** The gradient of a parameter, or a part of it, and what makes it. */
export interface GradientItem {
  /** Name of the parameter, in the layer as in the model. */
  readonly parameter: string;
  readonly gradient: GradientPart;
  readonly calls: readonly Call[];
}

/** Most items a parameter's gradient is cut into. */
export const itemsPerParameter = 16;

/** `[from, to)` parts of `count` floats: at most `itemsPerParameter`, of whole cache lines. */
export function cut(count: number): [from: number, to: number][] {
  const size = alignUp(Math.ceil(count / itemsPerParameter) * 4) / 4;
  const parts: [number, number][] = [];
  for (let from = 0; from < count; from += size) parts.push([from, Math.min(from + size, count)]);
  return parts;
}
