import { conv2d, maxPool2d, relu, type LayerSpec } from '@convbook/layers';
import type { Compute } from '../../figure/compute.ts';
import { toRows } from '../../figure/rows.ts';
import { side } from './digits.ts';
import { filterSide } from './filters.ts';

/** The maps of one filter, step by step. */
export interface Maps {
  /** Before the bias, 4×4. */
  readonly feature: number[][];
  /** After bias and ReLU, 4×4. */
  readonly active: number[][];
  /** The largest of each 2×2 window of `active`. */
  readonly pooled: number[][];
  /** Sum of `pooled`. */
  readonly answer: number;
}

/**
 * The maps of each filter.
 *
 * @param x 36 pixels.
 * @param weights Nine of each filter, row by row.
 */
export function mapsOf(
  compute: Compute,
  x: readonly number[],
  weights: readonly (readonly number[])[],
  bias: number,
): Maps[] {
  const run = (bias: number, ...after: LayerSpec[]) => {
    const layers = [conv2d({ filters: weights.length, kernelSize: filterSide }), ...after];
    const parameters = {
      'conv1.weight': weights.flat(),
      'conv1.bias': weights.map(() => bias),
    };
    const { shape, values } = compute.run([1, side, side], layers, x, parameters);
    const area = shape[1] * shape[2];
    return weights.map((_, k) => toRows(values.slice(k * area, (k + 1) * area), shape[2]));
  };
  const feature = run(0);
  const active = run(bias, relu());
  const pooled = run(bias, relu(), maxPool2d({ size: 2 }));
  return weights.map((_, k) => ({
    feature: feature[k],
    active: active[k],
    pooled: pooled[k],
    answer: pooled[k].flat().reduce((sum, value) => sum + value, 0),
  }));
}
