// Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2013: the parts of images
// that excite a filter most.
import type { Samples } from '../run/run.ts';
import { forward, partOf, toInput, type LayerRow, type Network } from './network.ts';
import { receptiveField, type ReceptiveField } from './receptive-field.ts';

/** A place of a map, the image it was found in, and its activation. */
export interface Patch {
  /** Place of the image in the test set. */
  readonly index: number;
  readonly row: number;
  readonly column: number;
  readonly activation: number;
}

/** What excites each filter of a layer. */
export interface LayerPatches {
  readonly row: LayerRow;
  /** What of the input a position of the map sees. */
  readonly field: ReceptiveField;
  /** The strongest patches of each filter, of an image only its strongest; the strongest first. */
  readonly filters: readonly (readonly Patch[])[];
}

/** Patches kept of a filter. */
const most = 9;

/** Images computed at once, so that the maps of few are in memory. */
const imagesTogether = 64;

/** The strongest patches of every filter of some layers, over some of the images. */
export function topPatches(
  network: Network,
  rows: readonly LayerRow[],
  { images }: Samples,
  indexes: readonly number[],
): LayerPatches[] {
  const { layers } = network.model;
  const parts = rows.map((row, k) => partOf(network, rows[k - 1]?.to ?? 0, row.to));
  const found = rows.map(({ layer }) =>
    Array.from({ length: layer.outputShape[0] }, (): Patch[] => []),
  );
  for (let first = 0; first < indexes.length; first += imagesTogether) {
    const some = indexes.slice(first, first + imagesTogether);
    let values = toInput(some.map((index) => images.get(index) as Uint8Array));
    parts.forEach((part, k) => {
      values = forward(part, values);
      collect(values, some, rows[k].layer.outputShape, found[k]);
    });
  }
  return rows.map((row, k) => ({
    row,
    field: receptiveField(layers.slice(0, row.to)) as ReceptiveField,
    filters: found[k].map((patches) => strongest(patches)),
  }));
}

/** Adds each image's strongest place of each filter. Of equal ones the first. */
function collect(
  values: Float32Array,
  indexes: readonly number[],
  [channels, height, width]: readonly number[],
  found: Patch[][],
): void {
  const area = height * width;
  indexes.forEach((index, n) => {
    for (let k = 0; k < channels; k++) {
      const map = values.subarray((n * channels + k) * area, (n * channels + k + 1) * area);
      let best = 0;
      for (let place = 1; place < area; place++) if (map[place] > map[best]) best = place;
      const place = { row: Math.floor(best / width), column: best % width };
      found[k].push({ index, ...place, activation: map[best] });
      if (found[k].length > 8 * most) found[k] = strongest(found[k]);
    }
  });
}

function strongest(patches: readonly Patch[]): Patch[] {
  return [...patches]
    .sort((a, b) => b.activation - a.activation || a.index - b.index)
    .slice(0, most);
}
