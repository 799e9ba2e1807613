import { highest, shuffle } from '@convbook/core';
import { forward, softmax, toInput, type Network } from '@convbook/runtime/network';
import type { Compute } from '../../figure/compute.ts';
import { trainedNetwork } from '../../figure/trained.ts';
import { models, type ModelName } from './models.ts';

/** Name of the data with the trained parameters. */
export const weights = 'plain-network';

export function networkOf(compute: Compute, name: ModelName): Network {
  return trainedNetwork(compute, weights, models[name]);
}

/** Probabilities of the ten digits for each image, `[784]` bytes. */
export function probabilities(network: Network, images: readonly Uint8Array[]): number[][] {
  const logits = forward(network, toInput(images));
  const classes = logits.length / images.length;
  return images.map((_, n) => softmax(logits.subarray(n * classes, (n + 1) * classes)));
}

/** The class with the highest probability; of equal ones the first. */
export function predicted(values: readonly number[]): number {
  return values.indexOf(highest(values));
}

/** One order of the pixels for every image: place k has pixel `order[k]`. */
export const order = shuffle(1, 1, 784);

/** The values in that order. */
export function inOrder(values: Uint8Array): Uint8Array {
  return Uint8Array.from(order, (place) => values[place]);
}

const shuffled = new WeakMap<Network, Network>();

/** The plain network with the weights of its first layer in the order of shuffled pixels. */
export function shuffledNetwork(plain: Network): Network {
  const known = shuffled.get(plain) ?? withShuffledWeights(plain);
  shuffled.set(plain, known);
  return known;
}

function withShuffledWeights(plain: Network): Network {
  const weight = plain.parameters.get('dense1.weight') ?? new Float32Array();
  const moved = Float32Array.from(weight, (_, at) => {
    const place = at % order.length;
    return weight[at - place + order[place]];
  });
  const parameters = new Map(plain.parameters).set('dense1.weight', moved);
  return { ...plain, parameters };
}
