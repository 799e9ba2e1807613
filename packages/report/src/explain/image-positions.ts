// Positions of test images for a network: the values of its last hidden layer, seen along their two principal
// components.
import { elementCount } from '@convbook/core';
import type { ResolvedModel } from '@convbook/layers';
import { evenly } from '@convbook/page';
import type { Run, Samples } from '@convbook/run';
import { classByClass } from '@convbook/run/evaluation';
import { forward, layerRows, partOf, toInput, type Network } from '@convbook/runtime/network';
import { predictions, worstMistakes, type Evaluation } from '../analysis/evaluation.ts';
import { neighbourLabels, type MixedPair } from '../analysis/nearest-neighbours.ts';
import { affordablePoints, principalComponents } from '../analysis/principal-components.ts';
import { affordable } from './cost.ts';
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
  /** Share of the variance along both axes. */
  readonly shares: readonly number[];
  /** Share of images whose nearest neighbour has their label. */
  readonly neighbours: {
    readonly inPlane: number;
    readonly inLayer: number;
    /** In the plane of the network before training. */
    readonly untrained: number;
  };
  /** Labels that neighbour each other in the plane, the most frequent first. */
  readonly mixed: readonly MixedPair[];
}

/** Images placed, where a model leaves time for them; images looked at in the whole layer. */
const images = { least: 10, most: 2000, together: 64, asked: 400 };

/**
 * The positions of the mistakes and of other test images, evenly over the classes.
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
  const indexes = imagesToPlace(evaluation, samples, affordablePoints(dimensions, count));
  if (indexes.length < images.least) return samples.images.size < images.least ? null : 'too large';
  const labels = indexes.map((index) => evaluation.labels[index]);
  const values = valuesOf(trained, to, samples, indexes);
  const found = principalComponents(values, dimensions, 2);
  if (found === null) return 'all alike';
  const plane = neighbourLabels(found.coordinates, 2, labels);
  const answers = predictions(evaluation);
  const asked = evenly([...indexes.keys()], images.asked);
  return {
    layer: layerRows(trained.model).findLast((row) => row.to <= to)?.name ?? null,
    dimensions,
    images: indexes.map((index, n) => ({
      index,
      label: labels[n],
      isRight: answers[index] === labels[n],
      x: found.coordinates[2 * n],
      y: found.coordinates[2 * n + 1],
    })),
    shares: found.shares,
    neighbours: {
      inPlane: plane.same,
      inLayer: neighbourLabels(values, dimensions, labels, asked).same,
      untrained: untrainedShare(untrained, to, samples, indexes, labels),
    },
    mixed: plane.mixed,
  };
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

/**
 * At most `count` images, ascending: the mistakes, the worst first and only half as many as wanted where there are
 * more, and right ones in test-set order, as many of each class as of any other. A page carries these first.
 */
export function imagesToPlace(evaluation: Evaluation, { images: kept }: Samples, count: number) {
  const wrong = worstMistakes(evaluation)
    .map(({ index }) => index)
    .filter((index) => kept.has(index));
  const answers = predictions(evaluation);
  const ascending = [...kept.keys()].sort((a, b) => a - b);
  const right = ascending.filter((index) => answers[index] === evaluation.labels[index]);
  const most = Math.max(Math.floor(count / 2), count - right.length);
  const mistakes = wrong.slice(0, most);
  const others = classByClass(right, evaluation.labels).slice(0, count - mistakes.length);
  return mistakes.concat(others).sort((a, b) => a - b);
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
