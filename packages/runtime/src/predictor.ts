import { ConfigurationError, elementCount } from '@convbook/core';
import { checkObject, showValue } from '@convbook/core/checks';
import { softmaxForward } from '@convbook/core/reference';
import { branchesOf, type ResolvedLayer } from '@convbook/layers';
import { chainOf, forward, partOf, toInput, type Network } from './network.ts';

/** The predictor's answer to one image. */
export interface PredictorAnswer {
  /** Place of the largest logit; the lowest wins a tie. */
  readonly class: number;
  /** Softmax of the logits, `[classes]`. */
  readonly probabilities: number[];
  /** `[classes]`, float32: those of the evaluation to the last bit. */
  readonly logits: number[];
}

/** What a layer inside a residual block reads and gives. */
export interface InnerValues {
  readonly input: Float32Array;
  readonly output: Float32Array;
}

/** One image on its way through the layers. */
export interface LayerValues {
  /** The model's input, then the output of each layer. */
  readonly values: readonly Float32Array[];
  /** Input and output of each layer inside a residual block, by its name. */
  readonly inner: ReadonlyMap<string, InnerValues>;
  /** As `predict` computes them, the whole model at once. */
  readonly logits: Float32Array;
}

/** A trained model that answers. Images are bytes, `[channels, height, width]`. */
export interface Predictor {
  readonly layers: readonly ResolvedLayer[];
  /** Weights and biases of a layer, by short name. */
  parametersOf(layer: ResolvedLayer): Readonly<Record<string, Float32Array>>;
  /** The answer to each image; no image influences another's. */
  predict(images: readonly ArrayLike<number>[]): PredictorAnswer[];
  /** The answer to each input, from numbers `[batch, …model.input]` as `toInput` makes them. */
  predictNumbers(x: Float32Array): PredictorAnswer[];
  layerValues(image: ArrayLike<number>): LayerValues;
}

/** Answers of a model, as its evaluation computes them. */
export function createPredictor(network: Network): Predictor {
  checkNetwork(network);
  const { layers, input, output } = network.model;
  const parts = layers.map((_, k) => partOf(network, k, k + 1));
  const predictNumbers = (x: Float32Array) =>
    x.length === 0 ? [] : toAnswers(forward(network, x), elementCount(output));
  return {
    layers,
    parametersOf: (layer) => parametersOf(network, layer),
    predict(images) {
      checkImages(images, elementCount(input));
      return predictNumbers(toInput(images, network));
    },
    predictNumbers,
    layerValues(image) {
      checkImages([image], elementCount(input));
      const values = [toInput([image], network)];
      for (const part of parts) values.push(forward(part, values[values.length - 1]));
      const inner = layers.flatMap((layer, k) => innerValues(network, layer, values[k]));
      return { values, inner: new Map(inner), logits: forward(network, values[0]) };
    },
  };
}

function checkNetwork(network: Network): void {
  const example = 'createPredictor({ ...readTrainedModel(run), module })';
  checkObject('createPredictor', network, example);
  checkObject('createPredictor model', network.model, example);
  checkObject('createPredictor parameters', network.parameters, example);
  checkObject('createPredictor module', network.module, example);
}

// A program in JavaScript may give anything.
function checkImages(images: unknown, values: number): void {
  const isImage = (image: unknown) =>
    typeof image === 'object' && image !== null && 'length' in image && image.length === values;
  if (Array.isArray(images) && images.every(isImage)) return;
  const wrong: unknown = Array.isArray(images) ? images.find((image) => !isImage(image)) : images;
  throw new ConfigurationError(
    `predict: expected a list of images of ${values} bytes, got ${showValue(wrong)}; fit each to the model's input`,
  );
}

/** The layers of both branches of a block, each with its values; none of any other layer. */
function innerValues(
  network: Network,
  layer: ResolvedLayer,
  x: Float32Array,
): (readonly [string, InnerValues])[] {
  const { body, shortcut } = branchesOf(layer) ?? { body: [], shortcut: null };
  const branches = shortcut ? [body, [shortcut]] : [body];
  return branches.flatMap((layers) => {
    let output = x;
    return layers.map((inside) => {
      const input = output;
      output = forward(chainOf(network, [inside]), input);
      return [inside.name, { input, output }] as const;
    });
  });
}

function parametersOf({ parameters }: Network, layer: ResolvedLayer) {
  const own = layer.parameters.map(
    ({ name, shortName }) => [shortName, parameters.get(name) ?? new Float32Array()] as const,
  );
  return Object.fromEntries(own);
}

/** @param y Logits, `[batch, classes]`. */
function toAnswers(y: Float32Array, classes: number): PredictorAnswer[] {
  return Array.from({ length: y.length / classes }, (_, n) => {
    const logits = Array.from(y.subarray(n * classes, (n + 1) * classes));
    const probabilities = softmaxForward({ shape: [1, classes], data: Float64Array.from(logits) });
    return { class: largestOf(logits), probabilities: Array.from(probabilities.data), logits };
  });
}

/** Index of the largest value, the lowest of equal ones. */
function largestOf(values: readonly number[]): number {
  return values.reduce((best, value, k) => (value > values[best] ? k : best), 0);
}
