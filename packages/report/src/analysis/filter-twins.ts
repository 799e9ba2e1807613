// Near-duplicate filters of layers with many: with each of mean 0 and norm 1 a correlation is
// a sum of products, which the kernels compute.
import { dense, resolveModel } from '@convbook/layers';
import type { FilterSnapshot } from '@convbook/run';
import { forward } from '@convbook/runtime/network';
import { likenessLimits } from './filter-likeness.ts';

/**
 * Pairs of filters, from 1, whose weights have a correlation of at least 0.95.
 *
 * @param module The plain build of the kernels.
 * @param deadOnes Filters, from 1, that are left out: see `deadFilters`.
 */
export function twinFilters(
  snapshot: FilterSnapshot,
  module: WebAssembly.Module,
  deadOnes: readonly number[] = [],
): [number, number][] {
  const filters = snapshot.shape[0];
  const dead = new Set(deadOnes);
  const correlations = products(standardized(snapshot), filters, module);
  const twins: [number, number][] = [];
  for (let k = 1; k <= filters; k++) {
    for (let j = k + 1; j <= filters; j++) {
      if (dead.has(k) || dead.has(j)) continue;
      if (correlations[(k - 1) * filters + j - 1] >= likenessLimits.duplicate) twins.push([k, j]);
    }
  }
  return twins;
}

function rowsOf({ shape, weights }: FilterSnapshot): Float32Array[] {
  const size = weights.length / shape[0];
  return Array.from({ length: shape[0] }, (_, k) => weights.subarray(k * size, (k + 1) * size));
}

/** Each filter with mean 0 and norm 1, `[filters][weights]`; a constant one is 0 throughout. */
function standardized(snapshot: FilterSnapshot): Float32Array {
  const rows = new Float32Array(snapshot.weights.length);
  rowsOf(snapshot).forEach((weights, k) => {
    let [sum, squares] = [0, 0];
    for (const weight of weights) sum += weight;
    const mean = sum / weights.length;
    for (const weight of weights) squares += (weight - mean) * (weight - mean);
    // A constant leaves only rounding errors.
    const isConstant = squares <= 1e-10 * weights.length * mean * mean;
    const scale = isConstant ? 0 : 1 / Math.sqrt(squares);
    for (let n = 0; n < weights.length; n++) {
      rows[k * weights.length + n] = (weights[n] - mean) * scale;
    }
  });
  return rows;
}

/** Products of each row with each, `[rows][rows]`: a dense layer whose weights are its inputs. */
function products(rows: Float32Array, count: number, module: WebAssembly.Module): Float32Array {
  const model = resolveModel({ input: [rows.length / count], layers: [dense({ units: count })] });
  const parameters = new Map([
    ['dense1.weight', rows],
    ['dense1.bias', new Float32Array(count)],
  ]);
  return forward({ module, model, parameters }, rows);
}
