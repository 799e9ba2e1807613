// Small networks and images from seeded arithmetic.
import { elementCount, normal, uniform } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { initializeParameters, resolveModel, type ModelSpec } from '@convbook/layers';
import type { Network } from '../explain/network.ts';
import type { Networks } from '../explain/networks.ts';

/** A network whose weights are normally distributed numbers. */
export async function networkOf(spec: ModelSpec, seed = 5): Promise<Network> {
  const model = resolveModel(spec);
  const parameters = model.parameters.map(({ name, shape }) => {
    const values = new Float32Array(elementCount(shape));
    return [name, normal(seed, name, values, 0, 0.5)] as const;
  });
  return { module: await loadKernelModule('plain'), model, parameters: new Map(parameters) };
}

/** That network as it might be after and before training. */
export async function networksOf(spec: ModelSpec): Promise<Networks> {
  const trained = await networkOf(spec);
  const parameters = initializeParameters(trained.model, 1);
  return { trained, untrained: { ...trained, parameters }, seed: 1 };
}

/** Images of evenly distributed bytes by their place in the test set, from 0. */
export function imagesOf(count: number, shape: readonly number[]): Map<number, Uint8Array> {
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const values = uniform(3, `image ${index}`, new Float64Array(elementCount(shape)), 0, 256);
      return [index, Uint8Array.from(values)];
    }),
  );
}
