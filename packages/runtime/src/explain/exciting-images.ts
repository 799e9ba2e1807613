// Images that a filter responds to most, found by gradient ascent on the mean of its map: Erhan and others,
// "Visualizing Higher-Layer Features of a Deep Network", 2009. Between the steps each image is drawn towards
// middle grey and blurred now and then, so that only what the filter asks for departs from grey: Yosinski
// and others, "Understanding Neural Networks Through Deep Visualization", 2015; the mean of a map as what is
// ascended is the channel objective of Olah and others, "Feature Visualization", 2017.
import { elementCount, normal, type Shape } from '@convbook/core';
import { kindOf, resolveModel } from '@convbook/layers';
import type { LayerRow } from '../layer-rows.ts';
import { forward, partOf, toInput, type Network } from '../network.ts';
import { blurred } from './blurred.ts';
import { inputGradient } from './input-gradient.ts';

/** An image made for a filter. */
export interface ExcitingImage {
  /** The filter, from 0. */
  readonly filter: number;
  /** `[channels, height, width]`. */
  readonly bytes: Uint8Array;
  /** Mean of the filter's map for the noise that the ascent began with, and for `bytes`. */
  readonly start: number;
  readonly reached: number;
}

/** The ascent: on average a step changes a pixel by `rate` of 255. */
export const ascent = { steps: 24, rate: 40, keep: 0.97, blurEvery: 4 } as const;

/** Passes of an image through the layers that its ascent takes, a gradient counted as three. */
export const ascentPasses = 3 * ascent.steps;

/** Middle grey, and the deviation of the noise around it that an ascent begins with. */
const start = { mean: 127.5, deviation: 12 };

/**
 * An image for each of some filters of a layer, the same bytes each time.
 *
 * @param network As `forAnswers` returns it.
 * @param row A layer whose output is a map.
 * @param filters From 0. A filter that no input changes has no such image: its noise fades to grey.
 * @param seed Of the noise.
 */
export function excitingImages(
  network: Network,
  row: LayerRow,
  filters: readonly number[],
  seed: number,
): ExcitingImage[] {
  if (filters.length === 0) return [];
  const means = meansOfMaps(network, row.to);
  let starts: number[] | null = null;
  let last: readonly Float64Array[] = [];
  for (const images of ascendingImages(network, row, filters, seed, means)) {
    starts ??= filterMeans(means, images, filters);
    last = images;
  }
  const bytes = last.map((image) => Uint8Array.from(image, Math.round));
  const reached = filterMeans(means, bytes, filters);
  return filters.map((filter, n) => ({
    filter,
    bytes: bytes[n],
    start: starts?.[n] ?? 0,
    reached: reached[n],
  }));
}

/**
 * The same ascent, a step at a time: first the noise, then the images after each of `ascent.steps` steps. Their values,
 * from 0 to 255, change with the next step.
 *
 * @param means As `meansOfMaps` returns it, where the caller has it: its memory and kernels are kept with it.
 */
export function* ascendingImages(
  network: Network,
  row: LayerRow,
  filters: readonly number[],
  seed: number,
  means = meansOfMaps(network, row.to),
): Generator<readonly Float64Array[], void, undefined> {
  const { input } = network.model;
  const quiet = meansOfMaps(network, beforeActivation(network, row));
  let images = filters.map((filter) => noise(seed, `${row.name} ${filter}`, input));
  yield images;
  for (let step = 1; step <= ascent.steps; step++) {
    const gradients = gradientsOf(means, quiet, images, filters);
    images.forEach((image, n) => climb(image, gradients[n], network));
    // The last steps sharpen what the last blur has left.
    if (step % ascent.blurEvery === 0 && step < ascent.steps) {
      images = images.map((image) => blurred(image, input));
    }
    yield images;
  }
}

/**
 * The layers up to `to` as a network whose outputs are the means of their maps.
 *
 * @throws Error when their output is not a map.
 */
export function meansOfMaps(network: Network, to: number): Network {
  const part = partOf(network, 0, to);
  if (part === null || part.model.output.length !== 3) {
    const name = network.model.layers[to - 1]?.name ?? 'no layer';
    throw new Error(`meansOfMaps: expected a layer with maps, got ${name}; leave it out`);
  }
  const { input, layers } = part.model;
  const specs = layers.map(({ spec }) => spec);
  const model = resolveModel({ input, layers: [...specs, { kind: 'globalAvgPool2d' }] });
  return { ...part, model, scaling: network.scaling };
}

function beforeActivation({ model }: Network, { from, to }: LayerRow): number {
  const isActivated = to - 1 > from && kindOf(model.layers[to - 1].spec).isActivation;
  return isActivated ? to - 1 : to;
}

function noise(seed: number, name: string, shape: Shape): Float64Array {
  const values = new Float64Array(elementCount(shape));
  return normal(seed, `exciting image of ${name}`, values, start.mean, start.deviation);
}

/** The output `filters[n]` for image n. */
function filterMeans(
  means: Network,
  images: readonly ArrayLike<number>[],
  filters: readonly number[],
): number[] {
  const y = forward(means, toInput(images, means));
  const outputs = elementCount(means.model.output);
  return filters.map((filter, n) => y[n * outputs + filter]);
}

/**
 * The gradient of each filter's mean. Where a ReLU lets nothing of a map through, it is that of the values before
 * the activation, as in Lucid, the program of "Feature Visualization": otherwise the ascent could not begin.
 */
function gradientsOf(
  means: Network,
  quiet: Network,
  images: readonly Float64Array[],
  filters: readonly number[],
): Float32Array[] {
  const all = gradientOfEach(means, images, filters);
  const silent = filters.flatMap((_, n) => (all[n].every((value) => value === 0) ? [n] : []));
  if (silent.length === 0) return all;
  const [own, theirs] = [silent.map((n) => images[n]), silent.map((n) => filters[n])];
  gradientOfEach(quiet, own, theirs).forEach((gradient, k) => (all[silent[k]] = gradient));
  return all;
}

function gradientOfEach(
  network: Network,
  images: readonly Float64Array[],
  filters: readonly number[],
): Float32Array[] {
  const gradient = inputGradient(network, toInput(images, network), filters);
  const size = elementCount(network.model.input);
  return filters.map((_, n) => gradient.subarray(n * size, (n + 1) * size));
}

/** One step in place: `middle + (byte + rate·g/√mean(g²) − middle)·keep`, at least 0 and at most 255. */
function climb(image: Float64Array, gradient: Float32Array, { scaling, model }: Network): void {
  const area = elementCount(model.input) / model.input[0];
  const slope = (at: number) => scaling?.[Math.floor(at / area)].scale ?? 1;
  let squares = 0;
  gradient.forEach((value, at) => (squares += value * slope(at) * value * slope(at)));
  const size = squares === 0 ? 1 : Math.sqrt(squares / image.length);
  for (let at = 0; at < image.length; at++) {
    const moved = image[at] + (ascent.rate * gradient[at] * slope(at)) / size;
    image[at] = Math.min(255, Math.max(0, start.mean + (moved - start.mean) * ascent.keep));
  }
}
