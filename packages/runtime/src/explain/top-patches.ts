// Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2013: the parts of images
// that excite a filter most.
import type { ResolvedLayer } from '@convbook/layers';
import type { LayerRow } from '../layer-rows.ts';
import { forward, partOf, toInput, type Network } from '../network.ts';
import { receptiveField, type ReceptiveField } from './receptive-field.ts';

/** A place of a map, the image it was found in, and its activation. */
export interface Patch {
  /** Place of the image in the test set. */
  readonly index: number;
  readonly row: number;
  readonly column: number;
  readonly activation: number;
}

/** The patches that excite each filter of a layer most. */
export interface LayerPatches {
  readonly row: LayerRow;
  /** Receptive field of a position of the map. */
  readonly field: ReceptiveField;
  /** The strongest patches of each filter, the strongest first; an image gives at most one. */
  readonly filters: readonly (readonly Patch[])[];
}

/** Patches kept for each filter. */
const most = 9;

/** Images computed at once, so that few maps are in memory. */
const imagesTogether = 64;

/** Images by their places in the test set, `[channels, height, width]` bytes each. */
export interface Images {
  readonly images: ReadonlyMap<number, Uint8Array>;
}

/**
 * The strongest patches of every filter of some layers, over some of the images.
 *
 * @param rows Layers whose output is a map, in their order.
 */
export function topPatches(
  network: Network,
  rows: readonly LayerRow[],
  { images }: Images,
  indexes: readonly number[],
): LayerPatches[] {
  const fields = rows.map((row) => fieldOf(network, row));
  const parts = rows.map((row, k) => partOf(network, rows[k - 1]?.to ?? 0, row.to));
  const found = rows.map(({ layer }) =>
    Array.from({ length: layer.outputShape[0] }, (): Patch[] => []),
  );
  for (let first = 0; first < indexes.length; first += imagesTogether) {
    const some = indexes.slice(first, first + imagesTogether);
    const chosen = some.map((index) => imageAt(images, index));
    let values = toInput(chosen, network);
    parts.forEach((part, k) => {
      values = forward(part, values);
      collect(values, some, rows[k].layer, found[k]);
    });
  }
  return rows.map((row, k) => ({ row, field: fields[k], filters: found[k].map(strongest) }));
}

function imageAt(images: ReadonlyMap<number, Uint8Array>, index: number): Uint8Array {
  const image = images.get(index);
  if (image !== undefined) return image;
  throw new Error(`topPatches: expected one of the images, got ${index}; leave it out`);
}

function fieldOf({ model }: Network, { name, to }: LayerRow): ReceptiveField {
  const field = receptiveField(model.layers.slice(0, to));
  if (field !== null) return field;
  throw new Error(`topPatches: expected layers with maps, got ${name}; leave it out`);
}

/** Adds each image's strongest place of each filter; of equal places the first. */
function collect(
  values: Float32Array,
  indexes: readonly number[],
  { outputShape }: ResolvedLayer,
  found: Patch[][],
): void {
  const [channels, height, width] = outputShape;
  const area = height * width;
  indexes.forEach((index, n) => {
    for (let k = 0; k < channels; k++) {
      const start = (n * channels + k) * area;
      found[k].push(strongestPlace(values.subarray(start, start + area), width, index));
      if (found[k].length > 8 * most) found[k] = strongest(found[k]);
    }
  });
}

function strongestPlace(map: Float32Array, width: number, index: number): Patch {
  let best = 0;
  for (let place = 1; place < map.length; place++) if (map[place] > map[best]) best = place;
  return { index, row: Math.floor(best / width), column: best % width, activation: map[best] };
}

function strongest(patches: readonly Patch[]): Patch[] {
  return [...patches]
    .sort((a, b) => b.activation - a.activation || a.index - b.index)
    .slice(0, most);
}
