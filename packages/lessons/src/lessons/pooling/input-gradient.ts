import { resolveModel, type LayerSpec } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import type { Compute } from '../../figure/compute.ts';

/** The gradient of `Σ y·dY` with respect to the input, by the kernels that train; layers without parameters. */
export function inputGradient(
  { module }: Compute,
  input: readonly number[],
  layers: readonly LayerSpec[],
  x: readonly number[],
  dY: readonly number[],
): number[] {
  const model = resolveModel({ input: [...input], layers: [...layers] });
  const run = { module, model, parameters: new Map(), batchSize: 1 };
  return Array.from(runModel({ ...run, x: Float32Array.from(x), dY: Float32Array.from(dY) }).dX);
}
