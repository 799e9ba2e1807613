import type { LayerStatistics } from '@convbook/run';
import type { SharedState } from '../engine/shared-state.ts';
import { countActivations } from './count-activations.ts';
import { countWeights } from './count-weights.ts';

/** The counts in the layers at one moment. */
export interface CountedLayers {
  readonly images: number;
  readonly layers: readonly LayerStatistics[];
}

/** Counts the weights and the values of all layers; nothing may change the parameters meanwhile. */
export async function countLayers(state: SharedState): Promise<CountedLayers> {
  const weights = await countWeights(state);
  const { images, layers } = await countActivations(state);
  const names = new Set([...weights.keys(), ...layers.keys()]);
  return {
    images,
    layers: [...names].map((name) => ({
      name,
      weights: weights.get(name) ?? null,
      activations: layers.get(name) ?? null,
    })),
  };
}
