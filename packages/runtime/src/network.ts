// A model with its parameters, and parts of it, as evaluation computes them.
import { imageToNumbers, type ChannelScaling } from '@convbook/core';
import { kindOf, resolveModel, type ResolvedLayer, type ResolvedModel } from '@convbook/layers';
import { createEngine, type Engine } from '@convbook/layers/predict';

/** A model with its parameters and the kernels that compute it. */
export interface Network {
  /** The plain build of the kernels. */
  readonly module: WebAssembly.Module;
  readonly model: ResolvedModel;
  /** Values of every parameter by full name. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** How the bytes of each channel become numbers; default byte / 255. */
  readonly scaling?: readonly ChannelScaling[] | undefined;
}

/** Layers `from` up to `to` as a network of their own; null where they only rename places. */
export function partOf(network: Network, from: number, to: number): Network | null {
  return chainOf(network, network.model.layers.slice(from, to));
}

/** The same of layers one after another, also of those inside a block. */
export function chainOf(
  { module, parameters }: Network,
  layers: readonly ResolvedLayer[],
): Network | null {
  if (!layers.some(({ spec }) => kindOf(spec).plan !== null)) return null;
  const part = resolveModel({
    input: layers[0].inputShape,
    layers: layers.map(({ spec }) => spec),
  });
  const names = layers.flatMap((layer) => layer.parameters.map(({ name }) => name));
  const values = part.parameters.map(({ name }, k) => {
    const value = parameters.get(names[k]) ?? new Float32Array();
    return [name, value] as const;
  });
  return { module, model: part, parameters: new Map(values) };
}

// A network's plan, memory and kernels are kept for as long as the network itself.
const engines = new WeakMap<Network, Engine>();

/**
 * The outputs of a network for a batch, `[batch, …output]`; a sample has the same bits in any batch. Null
 * returns the batch itself. The first call plans the network and reads its parameters: a change of their values
 * needs another network object.
 *
 * @param x `[batch, …input]`.
 */
export function forward(network: Network | null, x: Float32Array): Float32Array {
  if (network === null) return x;
  const engine = engines.get(network) ?? createEngine(network);
  engines.set(network, engine);
  return engine.run(x);
}

/**
 * Images of one size as a model takes them, `[batch, …input]`: each byte divided by 255, or as the network
 * scales its channel.
 */
export function toInput(
  images: readonly ArrayLike<number>[],
  { scaling }: Pick<Network, 'scaling'> = {},
): Float32Array {
  const size = images[0]?.length ?? 0;
  const x = new Float32Array(images.length * size);
  images.forEach((bytes, n) => x.set(imageToNumbers(bytes, scaling), n * size));
  return x;
}
