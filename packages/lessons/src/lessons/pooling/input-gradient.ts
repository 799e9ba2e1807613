import { resolveModel, type LayerSpec } from '@convbook/layers';
import { createGradientEngine } from '@convbook/layers/plan';
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
  const engine = createGradientEngine({ module, model, parameters: new Map(), batchSize: 1 });
  const steps = engine.steps(Float32Array.from(x), Float32Array.from(dY));
  let step = steps.next();
  while (!step.done) step = steps.next();
  return Array.from(step.value);
}
