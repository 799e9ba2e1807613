// The test set as a page carries it: what the run answered to every image, and the bytes of those that fit.
import { decodeSafetensors, type StoredTensor } from '@convbook/core';

/** The answer of a run to an image of its test set. */
export interface TestAnswer {
  /** Place in the test set. */
  readonly index: number;
  readonly label: number;
  readonly prediction: number;
  /** Probability the model gave to its prediction and to the label. */
  readonly predictionProbability: number;
  readonly labelProbability: number;
}

/** The test set of a run, as far as its page has it. */
export interface TestSet {
  readonly classNames: readonly string[];
  /** Images in the test set. */
  readonly count: number;
  /** `[channels, height, width]` of an image. */
  readonly shape: readonly number[];
  /** Places of the images whose bytes the page has, ascending. */
  readonly kept: readonly number[];
  /** @param index Place in the test set, below `count`. */
  answer(index: number): TestAnswer;
  /** Bytes `[channels·height·width]`; null where the page does not have them. */
  image(index: number): Uint8Array | null;
}

/** Names of the tensors in the page's file. */
export const testSetTensors = {
  labels: 'labels',
  predictions: 'predictions',
  predicted: 'prediction_probabilities',
  given: 'label_probabilities',
  images: 'images',
  indexes: 'indexes',
} as const;

/** The element's text. */
export interface TestSetPayload {
  classNames: readonly string[];
  /** A safetensors file of `testSetTensors`, gzip, base64. */
  fileGz: string;
}

/** Reads a page's file, which the page was made with. */
export function decodeTestSet(classNames: readonly string[], file: Uint8Array): TestSet {
  const { tensors } = decodeSafetensors(file, 'test set');
  const read = (name: keyof typeof testSetTensors) =>
    tensors.get(testSetTensors[name]) as StoredTensor;
  const [labels, predictions] = [read('labels').data, read('predictions').data];
  const [predicted, given] = [read('predicted').data, read('given').data];
  const { shape: imagesShape, data } = read('images');
  const shape = imagesShape.slice(1);
  const size = shape.reduce((product, length) => product * length, 1);
  const kept = Array.from(read('indexes').data);
  const places = new Map(kept.map((index, k) => [index, k]));
  return {
    classNames,
    count: labels.length,
    shape,
    kept,
    answer: (index) => ({
      index,
      label: labels[index],
      prediction: predictions[index],
      predictionProbability: predicted[index],
      labelProbability: given[index],
    }),
    image(index) {
      const place = places.get(index);
      return place === undefined
        ? null
        : Uint8Array.from(data.subarray(place * size, (place + 1) * size));
    },
  };
}
