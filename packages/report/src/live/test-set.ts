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

/** Names of the tensors in the page's file of answers. */
export const answerTensors = {
  labels: 'labels',
  predictions: 'predictions',
  predicted: 'prediction_probabilities',
  given: 'label_probabilities',
  indexes: 'indexes',
} as const;

/** The element's text. Bytes are gzip, base64. */
export interface TestSetPayload {
  classNames: readonly string[];
  /** `[channels, height, width]` of an image. */
  shape: readonly number[];
  /** A safetensors file of `answerTensors`; `given` of a right answer is 0, for it is `predicted`. */
  answersGz: string;
  /** Bytes of the images at `indexes`, one after another. */
  imagesGz: string;
}

/** The two files of a payload, unpacked. */
export interface TestSetFiles {
  readonly answers: Uint8Array;
  readonly images: Uint8Array;
}

/** Reads a page's files, which the page was made with. */
export function decodeTestSet(
  { classNames, shape }: Pick<TestSetPayload, 'classNames' | 'shape'>,
  { answers, images }: TestSetFiles,
): TestSet {
  const { tensors } = decodeSafetensors(answers, 'test set');
  const read = (name: keyof typeof answerTensors) =>
    (tensors.get(answerTensors[name]) as StoredTensor).data;
  const [labels, predictions] = [read('labels'), read('predictions')];
  const [predicted, given] = [read('predicted'), read('given')];
  const size = shape.reduce((product, length) => product * length, 1);
  const kept = Array.from(read('indexes'));
  const places = new Map(kept.map((index, k) => [index, k]));
  return {
    classNames,
    count: labels.length,
    shape,
    kept,
    answer(index) {
      const [label, prediction] = [labels[index], predictions[index]];
      const predictionProbability = predicted[index];
      const labelProbability = label === prediction ? predictionProbability : given[index];
      return { index, label, prediction, predictionProbability, labelProbability };
    },
    image(index) {
      const place = places.get(index);
      return place === undefined ? null : images.slice(place * size, (place + 1) * size);
    },
  };
}
