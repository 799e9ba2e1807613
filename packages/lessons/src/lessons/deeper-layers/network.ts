import { presets, resolveModel } from '@convbook/layers';
import { receptiveField, type ReceptiveField } from '@convbook/runtime/explain';
import {
  forward,
  layerRows,
  partOf,
  toInput,
  type LayerRow,
  type Network,
} from '@convbook/runtime/network';
import { digitBytes, readDigits } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import { trainedNetwork } from '../../figure/trained.ts';

/** Name of the data with the trained parameters. */
export const weights = 'deeper-layers';

const spec = presets['tf-tutorial'];

/** TensorFlow's tutorial network, trained. */
export const networkOf = (compute: Compute): Network => trainedNetwork(compute, weights, spec);

/** The convolutions of a network, each with its ReLU. */
export function convolutions({ model }: Pick<Network, 'model'>): LayerRow[] {
  return layerRows(model).filter(({ layer }) => layer.spec.kind === 'conv2d');
}

/** What a unit of a convolution sees of the input, along rows and columns alike. */
export function fieldOf({ model }: Pick<Network, 'model'>, { to, name }: LayerRow): ReceptiveField {
  const field = receptiveField(model.layers.slice(0, to));
  if (field) return field;
  throw new Error(`deeper-layers: expected a layer with maps, got ${name}; leave it out`);
}

const model = resolveModel(spec);

/** The convolutions with what their figures need to know. */
export const layers = convolutions({ model }).map((row) => {
  const [filters, height, width] = row.layer.outputShape;
  return { name: row.layer.name, field: fieldOf({ model }, row), filters, height, width };
});

/** Values of a layer for one image, `[channels, height, width]`. */
export interface Maps {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const kept = new WeakMap<Compute, Map<number, Maps[]>>();

/** The maps of every convolution for one of the hundred digits. */
export function mapsOf(compute: Compute, image: number): Maps[] {
  const own = kept.get(compute) ?? new Map<number, Maps[]>();
  const maps = own.get(image) ?? computeMaps(compute, image);
  kept.set(compute, own.set(image, maps));
  return maps;
}

const parts = new WeakMap<Network, (Network | null)[]>();

function computeMaps(compute: Compute, image: number): Maps[] {
  const network = networkOf(compute);
  const rows = convolutions(network);
  const chain =
    parts.get(network) ?? rows.map(({ to }, k) => partOf(network, rows[k - 1]?.to ?? 0, to));
  parts.set(network, chain);
  let values = toInput([digitBytes(readDigits(compute.data('hundred-digits')), image)]);
  return rows.map(({ layer }, k) => {
    values = forward(chain[k], values);
    return { shape: layer.outputShape, values };
  });
}
