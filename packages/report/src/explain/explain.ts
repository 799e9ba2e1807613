// Three answers to why a network says what it says, each also of the network before training: a
// method whose maps stay the same shows the image, not what was learned (Adebayo and others, "Sanity
// Checks for Saliency Maps", 2018).
import { scaleByte } from '@convbook/core';
import type { ResolvedModel } from '@convbook/layers';
import type { DatasetRecord, Samples } from '@convbook/run';
import { createPredictor, toInput, type Network } from '@convbook/runtime/network';
import { camLayer, gradCam, occlusion, saliency } from '@convbook/runtime/explain';
import { affordable } from './cost.ts';
import type { Networks } from './networks.ts';

/** A method that explains an answer. */
export type Method = 'saliency' | 'occlusion' | 'gradCam';

/** The maps of one method for one image. */
export interface MethodMaps {
  readonly method: Method;
  /** `[height, width]` of the maps. */
  readonly shape: readonly number[];
  readonly trained: Float32Array;
  /** With the random weights, for the same class. */
  readonly untrained: Float32Array;
}

/** The methods' maps for one image. */
export interface Explanation {
  /** Place in the test set. */
  readonly index: number;
  readonly label: number;
  /** The class that is explained: the trained network's answer. */
  readonly says: number;
  readonly probability: number;
  readonly methods: readonly MethodMaps[];
}

/** Places of the occluding patch along each side. */
export const leastPositions = 6;
const mostPositions = 14;

/** Most images explained, and passes of both networks that the gradients of one take. */
const mostImages = 6;
const gradientPasses = 8;

/** How many images a model leaves time to explain: with occlusion if at least two. */
export function affordableImages(model: ResolvedModel): number {
  const passes = 2 * (leastPositions * leastPositions + 1);
  const covered = Math.floor(affordable(model, 2 * passes, mostImages * passes) / passes);
  if (covered > 0) return covered;
  return Math.floor(affordable(model, gradientPasses, 2 * gradientPasses) / gradientPasses);
}

/** Explains the trained network's answers to some of the images; without the methods that do not apply. */
export function explain(
  { trained, untrained }: Networks,
  { images }: Samples,
  labels: ArrayLike<number>,
  indexes: readonly number[],
  fill: number,
): Explanation[] {
  const { model } = trained;
  const chosen = indexes.map((index) => images.get(index) as Uint8Array);
  const answers = createPredictor(trained).predict(chosen);
  const says = answers.map((answer) => answer.class);
  const x = toInput(chosen, trained);
  const covering = coveringValue(trained, fill);
  const [, height, width] = model.input;
  const both = (method: Method, shape: readonly number[], of: (network: Network) => MapsOf) => {
    const [after, before] = [of(trained), of(untrained)];
    return indexes.map((_, n) => ({ method, shape, trained: after[n], untrained: before[n] }));
  };
  const found = [both('saliency', [height, width], (network) => saliency(network, x, says))];
  const positions = affordablePositions(trained, indexes.length);
  if (positions > 0) {
    const image = (n: number) =>
      x.subarray((n * x.length) / says.length, ((n + 1) * x.length) / says.length);
    found.push(
      both('occlusion', [height, width], (network) =>
        says.map((k, n) => occlusion(network, image(n), k, { positions, fill: covering }).map),
      ),
    );
  }
  const layer = camLayer(model);
  if (layer !== null) {
    found.push(
      both('gradCam', layer.shape.slice(1), (network) => gradCam(network, layer, x, says)),
    );
  }
  return indexes.map((index, n) => ({
    index,
    label: labels[index],
    says: says[n],
    probability: answers[n].probabilities[says[n]],
    methods: found.map((maps) => maps[n]),
  }));
}

type MapsOf = readonly Float32Array[];

/** The input value of the occluding patch, or one for each channel. */
export function coveringValue({ scaling }: Network, fill: number): number | readonly number[] {
  return scaling?.map((channel) => scaleByte(255 * fill, channel)) ?? fill;
}

/** Places of the patch along each side that the cost allows for some images, 0 where it allows too few. */
export function affordablePositions({ model }: Pick<Network, 'model'>, images: number): number {
  const runs = 2 * images;
  const least = runs * (leastPositions * leastPositions + 1);
  const count = affordable(model, least, runs * (mostPositions * mostPositions + 1));
  return count === 0 ? 0 : Math.floor(Math.sqrt(count / runs - 1));
}

/** The patch's byte, which most values of the data set have, or their mean, divided by 255. */
export function occluder(dataset: Pick<DatasetRecord, 'histogram'> | null): number {
  const histogram = dataset?.histogram ?? [];
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  const background = histogram.findIndex((count) => count > total / 2);
  if (background >= 0) return background / 255;
  return histogram.reduce((sum, count, byte) => sum + count * byte, 0) / total / 255;
}
