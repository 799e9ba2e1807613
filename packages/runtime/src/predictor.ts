import { ConfigurationError, elementCount } from '@convbook/core';
import { checkObject, showValue } from '@convbook/core/checks';
import { branchesOf, type ResolvedLayer } from '@convbook/layers';
import { createEngine } from '@convbook/layers/predict';
import { chainOf, forward, partOf, toInput, type Network } from './network.ts';
import { toOutputs, type Outputs } from './outputs.ts';

/** The predictor's answer to one image. */
export interface PredictorAnswer extends Outputs {
  /** Place of the largest logit; the lowest wins a tie. */
  readonly class: number;
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
  layerValues(image: ArrayLike<number>): LayerValues;
}

/**
 * Answers of a model, as its evaluation computes them. The model is planned and its parameters are read here, once:
 * changing their values afterwards changes no answer of `predict`.
 */
export function createPredictor(network: Network): Predictor {
  checkNetwork(network);
  const engine = createEngine(network);
  const { layers, input, output } = network.model;
  const parts = layers.map((_, k) => partOf(network, k, k + 1));
  const inside = insideLayers(network);
  return {
    layers,
    parametersOf: (layer) => parametersOf(network, layer),
    predict(images) {
      checkImages(images, elementCount(input));
      if (images.length === 0) return [];
      return toOutputs(engine.run(toInput(images, network)), elementCount(output)).map(
        (outputs) => ({ class: largestOf(outputs.logits), ...outputs }),
      );
    },
    layerValues(image) {
      checkImages([image], elementCount(input));
      const values = [toInput([image], network)];
      for (const part of parts) values.push(forward(part, values[values.length - 1]));
      const inner = layers.flatMap((layer, k) => innerValues(inside, layer, values[k]));
      return { values, inner: new Map(inner), logits: engine.run(values[0]) };
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

/** The layers of both branches of a block; none of any other layer. */
function branchLayers(layer: ResolvedLayer): ResolvedLayer[][] {
  const { body, shortcut } = branchesOf(layer) ?? { body: [], shortcut: null };
  return shortcut ? [[...body], [shortcut]] : [[...body]];
}

/** Each layer inside a block as a network of its own, by its name. */
function insideLayers(network: Network): ReadonlyMap<string, Network | null> {
  const all = network.model.layers.flatMap(branchLayers).flat();
  return new Map(all.map((layer) => [layer.name, chainOf(network, [layer])]));
}

/** The values of the layers inside a block. */
function innerValues(
  inside: ReadonlyMap<string, Network | null>,
  block: ResolvedLayer,
  x: Float32Array,
): (readonly [string, InnerValues])[] {
  return branchLayers(block).flatMap((layers) => {
    let output = x;
    return layers.map(({ name }) => {
      const input = output;
      output = forward(inside.get(name) ?? null, input);
      return [name, { input, output }] as const;
    });
  });
}

function parametersOf({ parameters }: Network, layer: ResolvedLayer) {
  const own = layer.parameters.map(
    ({ name, shortName }) => [shortName, parameters.get(name) ?? new Float32Array()] as const,
  );
  return Object.fromEntries(own);
}

/** Index of the largest value, the lowest of equal ones. */
function largestOf(values: readonly number[]): number {
  return values.reduce((best, value, k) => (value > values[best] ? k : best), 0);
}
