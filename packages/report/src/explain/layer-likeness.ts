// How alike a layer's answers to two images are: what tells classes apart shows as a difference
// between pairs of one class and pairs of two.
import { forward, layerRows, partOf, type LayerRow, type Network } from '@convbook/runtime/network';
import { correlation } from '../analysis/correlation.ts';

export interface LayerLikeness {
  /** Null for the input. */
  readonly row: LayerRow | null;
  /** Mean correlation over pairs of images of one class, and of two. */
  readonly sameClass: number;
  readonly otherClass: number;
  /** Share of the values that are not 0. */
  readonly active: number;
}

/**
 * The likeness in the input and in each layer.
 *
 * @param x Two images of each class one after another, `[2 · classes, …input]`.
 */
export function layerLikeness(network: Network, x: Float32Array, images: number): LayerLikeness[] {
  let values = x;
  const likeness = [measure(null, values, images)];
  for (const row of layerRows(network.model)) {
    values = forward(partOf(network, row.from, row.to), values);
    likeness.push(measure(row, values, images));
  }
  return likeness;
}

function measure(row: LayerRow | null, values: Float32Array, images: number): LayerLikeness {
  const size = values.length / images;
  const own = (n: number) => values.subarray(n * size, (n + 1) * size);
  const pairs = { same: [] as number[], other: [] as number[] };
  for (let a = 0; a < images; a++) {
    for (let b = a + 1; b < images; b++) {
      const kind = a >> 1 === b >> 1 ? 'same' : 'other';
      pairs[kind].push(correlation(own(a), own(b)));
    }
  }
  const active = values.reduce((count, value) => count + (value === 0 ? 0 : 1), 0) / values.length;
  return { row, sameClass: mean(pairs.same), otherClass: mean(pairs.other), active };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
