import { layerNumbers, trainedLayers } from './norm-layout.ts';
import { slotAt } from './sampled-steps.ts';
import type { SharedState } from '../shared-state.ts';

/** Euclidean norms of one layer's parameters at one step. */
export interface LayerNorms {
  readonly name: string;
  /** Norm of the gradient; `gradientNorm` of the step is that of all parameters. */
  readonly gradientNorm: number;
  /** Norm of the parameters before the update, and of what the update adds to them. */
  readonly weightNorm: number;
  readonly updateNorm: number;
}

/** The norms that a sampled step left, null where one is not finite: then the run ends soon. */
export function readLayerNorms(
  { plan, statistics }: SharedState,
  step: number,
): LayerNorms[] | null {
  const layers = trainedLayers(plan);
  const first = slotAt('layers', plan, step) * layers.length;
  const norms = layers.map((name, layer) => {
    const at = (first + layer) * layerNumbers;
    const [gradientNorm, weightNorm, updateNorm] = statistics.layers.subarray(
      at,
      at + layerNumbers,
    );
    return { name, gradientNorm, weightNorm, updateNorm };
  });
  const isFinite = norms.every(({ name: _, ...own }) => Object.values(own).every(Number.isFinite));
  return isFinite ? norms : null;
}
