import { ascendingImages, meansOfMaps } from '@convbook/runtime/explain';
import { forward, toInput, type Network } from '@convbook/runtime/network';
import type { Compute } from '../../figure/compute.ts';
import type { ChosenFilter } from './controls.ts';
import { convolutions, networkOf } from './network.ts';

/** An image on its way, and the mean of the filter's map for it. */
export interface Frame {
  /** `[28, 28]`. */
  readonly bytes: Uint8Array;
  readonly mean: number;
}

interface Ascent {
  readonly frames: Frame[];
  readonly images: Iterator<readonly Float64Array[], void, undefined>;
  readonly means: Network;
}

// The last one alone: each has memory of its own.
const ascents = new WeakMap<Compute, { readonly name: string; readonly ascent: Ascent }>();

/** The frames of an ascent up to a step; those not yet known are computed now. */
export function framesUpTo(
  compute: Compute,
  layer: number,
  filter: number,
  step: number,
): readonly Frame[] {
  const { frames, images, means } = ascentOf(compute, layer, filter);
  while (frames.length <= step) {
    const next = images.next();
    if (next.done === true) break;
    const bytes = Uint8Array.from(next.value[0], Math.round);
    frames.push({ bytes, mean: forward(means, toInput([bytes]))[filter] });
  }
  return frames.slice(0, step + 1);
}

/** The last step that is known already; −1 before the first. */
export function knownSteps(compute: Compute, { layer, filter }: ChosenFilter): number {
  return ascentOf(compute, layer, filter).frames.length - 1;
}

function ascentOf(compute: Compute, layer: number, filter: number): Ascent {
  const name = `${layer} ${filter}`;
  const known = ascents.get(compute);
  if (known?.name === name) return known.ascent;
  const ascent = begin(compute, layer, filter);
  ascents.set(compute, { name, ascent });
  return ascent;
}

// Filters of a layer share what they are computed with.
const means = new WeakMap<Network, Map<number, Network>>();

function begin(compute: Compute, layer: number, filter: number): Ascent {
  const network = networkOf(compute);
  const row = convolutions(network)[layer];
  const own = means.get(network) ?? new Map<number, Network>();
  const ofLayer = own.get(layer) ?? meansOfMaps(network, row.to);
  means.set(network, own.set(layer, ofLayer));
  const images = ascendingImages(network, row, [filter], 1, ofLayer);
  return { frames: [], images, means: ofLayer };
}
