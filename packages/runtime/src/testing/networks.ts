// Small networks and images from seeded arithmetic, for tests.
import { elementCount, normal, uniform } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import type { Network } from '../network.ts';

/** A network whose weights are normally distributed numbers, and running variances their sizes. */
export async function networkOf(spec: ModelSpec, seed = 5, deviation = 0.5): Promise<Network> {
  const model = resolveModel(spec);
  const parameters = model.parameters.map(({ name, shape }) => {
    const values = normal(seed, name, new Float32Array(elementCount(shape)), 0, deviation);
    return [name, name.endsWith('running_var') ? values.map(Math.abs) : values] as const;
  });
  return { module: await loadKernelModule('plain'), model, parameters: new Map(parameters) };
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
