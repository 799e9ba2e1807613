// Positions of test images for a network: the values of its last hidden layer, seen along their two principal
// components.
import { elementCount } from '@convbook/core';
import type { ResolvedModel } from '@convbook/layers';
import { evenly } from '@convbook/page';
import type { Run, Samples } from '@convbook/run';
import { forward, layerRows, partOf, toInput, type Network } from '@convbook/runtime/network';
import { predictions } from '../analysis/evaluation.ts';
import { neighbourLabels, type MixedPair } from '../analysis/nearest-neighbours.ts';
import {
  affordablePoints,
  coordinatesOn,
  principalComponents,
} from '../analysis/principal-components.ts';
import { affordable } from './cost.ts';
import { imagesToPlace, type ChosenImages } from './images-to-place.ts';
import type { Networks } from './networks.ts';

/** A test image in the plane. */
export interface PlacedImage {
  /** Place in the test set. */
  readonly index: number;
  readonly label: number;
  readonly isRight: boolean;
  readonly x: number;
  readonly y: number;
}

/** Test images in the plane of a network's last hidden layer. */
export interface ImagePositions {
  /** `dense1 + relu2`; null where the model's only layer with weights reads the input. */
  readonly layer: string | null;
  /** Values of the layer. */
  readonly dimensions: number;
  readonly images: readonly PlacedImage[];
  /** How they were chosen. */
  readonly way: ChosenImages['way'];
  /** The whole test set: its images, and those that the model gets wrong. */
  readonly testSet: { readonly images: number; readonly wrong: number };
  /** Share of the variance along both axes, which are found for the sample, or for all images without one. */
  readonly shares: readonly number[];
  /** Among images that stand for the test set; null where the run keeps too few. */
  readonly sample: NeighbourShares | null;
  /** Labels of the sample, or of all images without one, that neighbour each other in the plane, the most frequent first. */
  readonly mixed: readonly MixedPair[];
}

/** Shares of images whose nearest neighbour has their label. */
export interface NeighbourShares {
  readonly images: number;
  readonly inPlane: number;
  readonly inLayer: number;
  /** In the plane of the network before training. */
  readonly untrained: number;
}

/** Images placed, where a model leaves time for them; images looked at in the whole layer. */
const images = { least: 10, most: 2000, together: 64, asked: 400 };

/**
 * The positions of the test images that `imagesToPlace` chooses.
 *
 * @returns Null where the run keeps no images; `'too large'` where a model leaves no time; `'all alike'` where
 *   the layer gives the same for every image.
 */
export function imagePositions(
  { trained, untrained }: Networks,
  { evaluation, samples }: Run,
): ImagePositions | 'too large' | 'all alike' | null {
  if (evaluation === null || samples === null) return null;
  const to = lastHidden(trained.model);
  const dimensions = elementCount(trained.model.layers[to].inputShape);
  const count = Math.floor(affordable(trained.model, 2 * images.least, 2 * images.most) / 2);
  const chosen = imagesToPlace(evaluation, samples, affordablePoints(dimensions, count));
  const { way, indexes } = chosen;
  if (indexes.length < images.least) return samples.images.size < images.least ? null : 'too large';
  const values = valuesOf(trained, to, samples, indexes);
  const sample = chosen.sample ?? indexes;
  const own = sample === indexes ? values : rowsOf(values, dimensions, placesOf(sample, indexes));
  const found = principalComponents(own, dimensions, 2);
  if (found === null) return 'all alike';
  const labels = sample.map((index) => evaluation.labels[index]);
  const plane = neighbourLabels(found.coordinates, 2, labels);
  const coordinates = coordinatesOn(found, values);
  const answers = predictions(evaluation);
  const isRight = (index: number) => answers[index] === evaluation.labels[index];
  return {
    layer: layerRows(trained.model).findLast((row) => row.to <= to)?.name ?? null,
    dimensions,
    images: indexes.map((index, n) => ({
      index,
      label: evaluation.labels[index],
      isRight: isRight(index),
      x: coordinates[2 * n],
      y: coordinates[2 * n + 1],
    })),
    way,
    testSet: {
      images: evaluation.samples,
      wrong: answers.filter((_, index) => !isRight(index)).length,
    },
    shares: found.shares,
    sample: chosen.sample && {
      images: sample.length,
      inPlane: plane.same,
      inLayer: neighbourLabels(own, dimensions, labels, asked(sample.length)).same,
      untrained: untrainedShare(untrained, to, samples, sample, labels),
    },
    mixed: plane.mixed,
  };
}

/** The points whose neighbour is looked for in the whole layer. */
function asked(points: number): number[] {
  return evenly(
    Array.from({ length: points }, (_, n) => n),
    images.asked,
  );
}

/** Where the members of a part stand in the whole. */
function placesOf(part: readonly number[], whole: readonly number[]): number[] {
  const places = new Map(whole.map((index, n) => [index, n]));
  return part.map((index) => places.get(index) as number);
}

/** Some rows of `[points, size]`. */
function rowsOf(values: Float32Array, size: number, places: readonly number[]): Float32Array {
  const rows = new Float32Array(places.length * size);
  places.forEach((place, n) =>
    rows.set(values.subarray(place * size, (place + 1) * size), n * size),
  );
  return rows;
}

/** The last layer that multiplies: what it reads is the last hidden layer. */
function lastHidden({ layers }: ResolvedModel): number {
  return Math.max(
    0,
    layers.findLastIndex(({ multiplyAdds }) => multiplyAdds > 0),
  );
}

/** The control: the same share for the random weights that training began with. */
function untrainedShare(
  network: Network,
  to: number,
  samples: Samples,
  indexes: readonly number[],
  labels: readonly number[],
): number {
  const values = valuesOf(network, to, samples, indexes);
  const plane = principalComponents(values, values.length / indexes.length, 2);
  return plane === null ? 0 : neighbourLabels(plane.coordinates, 2, labels).same;
}

/** The input of layer `to` for some images, `[images, values]`. */
function valuesOf(
  network: Network,
  to: number,
  { images: kept }: Samples,
  indexes: readonly number[],
): Float32Array {
  const part = partOf(network, 0, to);
  const size = elementCount(network.model.layers[to].inputShape);
  const values = new Float32Array(indexes.length * size);
  for (let first = 0; first < indexes.length; first += images.together) {
    const some = indexes.slice(first, first + images.together);
    const chosen = some.map((index) => kept.get(index) as Uint8Array);
    values.set(forward(part, toInput(chosen, network)), first * size);
  }
  return values;
}
