import { elementCount } from '@convbook/core';
import { softmaxForward } from '@convbook/core/reference';
import type { ResolvedLayer } from '@convbook/layers';
import { forward, partOf, toInput, type Network } from './network.ts';

/** The model's answer to one image. */
export interface Answer {
  /** Place of the largest logit; the lowest wins a tie. */
  readonly class: number;
  /** Softmax of the logits, `[classes]`. */
  readonly probabilities: number[];
  /** `[classes]`, float32: those of the evaluation to the last bit. */
  readonly logits: number[];
}

/** One image on its way through the layers. */
export interface LayerValues {
  /** The model's input, then the output of each layer. */
  readonly values: readonly Float32Array[];
  /** As `predict` computes them, the whole model at once. */
  readonly logits: Float32Array;
}

/** A trained model that answers. Images are bytes, `[channels, height, width]`. */
export interface Predictor {
  readonly layers: readonly ResolvedLayer[];
  /** Weights and biases of a layer, by short name. */
  parametersOf(layer: ResolvedLayer): Readonly<Record<string, Float32Array>>;
  /** The answer to each image; no image influences another's. */
  predict(images: readonly ArrayLike<number>[]): Answer[];
  layerValues(image: ArrayLike<number>): LayerValues;
}

/** Answers of a model, as its evaluation computes them. */
export function createPredictor(network: Network): Predictor {
  const { layers, output } = network.model;
  const parts = layers.map((_, k) => partOf(network, k, k + 1));
  return {
    layers,
    parametersOf: (layer) => parametersOf(network, layer),
    predict: (images) =>
      images.length === 0
        ? []
        : toAnswers(forward(network, toInput(images, network)), elementCount(output)),
    layerValues(image) {
      const values = [toInput([image], network)];
      for (const part of parts) values.push(forward(part, values[values.length - 1]));
      return { values, logits: forward(network, values[0]) };
    },
  };
}

function parametersOf({ parameters }: Network, layer: ResolvedLayer) {
  const own = layer.parameters.map(
    ({ name, shortName }) => [shortName, parameters.get(name) ?? new Float32Array()] as const,
  );
  return Object.fromEntries(own);
}

/** @param y Logits, `[batch, classes]`. */
function toAnswers(y: Float32Array, classes: number): Answer[] {
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
