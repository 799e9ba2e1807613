import { decodeSafetensors } from '@convbook/core';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import type { Network } from '@convbook/runtime/network';
import type { Compute } from './compute.ts';

// A network's plan and memory are kept for as long as the network itself.
const networks = new WeakMap<Compute, Map<string, Network>>();

/**
 * A network that `scripts/lessons` trained, the same object each time.
 *
 * @param data Name of the data, a safetensors file with its parameters as `MODEL.conv1.weight`.
 */
export function trainedNetwork(compute: Compute, data: string, spec: ModelSpec): Network {
  const own = networks.get(compute) ?? new Map<string, Network>();
  const name = `${data} ${spec.name}`;
  const network = own.get(name) ?? readNetwork(compute, data, spec);
  networks.set(compute, own.set(name, network));
  return network;
}

function readNetwork(compute: Compute, data: string, spec: ModelSpec): Network {
  const model = resolveModel(spec);
  const { tensors } = decodeSafetensors(compute.data(data), data);
  const values = model.parameters.map(({ name }) => {
    const stored = tensors.get(`${model.name}.${name}`);
    if (stored?.dtype === 'F32') return [name, stored.data] as const;
    throw new Error(`${data}: expected ${model.name}.${name}, got none; run its script again`);
  });
  return { module: compute.module, model, parameters: new Map(values) };
}
