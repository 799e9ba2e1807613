import { initializeParameters, type ModelSpec } from '@convbook/layers';
import { networkOf } from '@convbook/runtime/testing';
import type { Networks } from '../explain/networks.ts';

/** A small network as it might be after and before training. */
export async function networksOf(spec: ModelSpec): Promise<Networks> {
  const trained = await networkOf(spec);
  const parameters = initializeParameters(trained.model, 1);
  return { trained, untrained: { ...trained, parameters }, seed: 1 };
}
