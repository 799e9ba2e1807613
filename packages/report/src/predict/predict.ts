import { runModel, type ResolvedModel } from '@convbook/layers';
import { predictions, softmax } from '../evaluation.ts';

/** The model's answer to one image. */
export interface Prediction {
  class: number;
  className: string;
  /** Softmax of the logits, `[classes]`. */
  probabilities: number[];
  /** `[classes]`, float32. */
  logits: number[];
}

export interface PredictInput {
  /** The plain build of the kernels. */
  module: WebAssembly.Module;
  model: ResolvedModel;
  parameters: ReadonlyMap<string, Float32Array>;
  classNames: readonly string[];
}

/** Answers to some images, each `[channels, height, width]` bytes; one is not influenced by the others. */
export function predict(input: PredictInput, images: readonly ArrayLike<number>[]): Prediction[] {
  if (images.length === 0) return [];
  const x = Float32Array.from(
    images.flatMap((bytes) => Array.from(bytes)),
    (byte) => byte / 255,
  );
  const { y } = runModel({ ...input, x, batchSize: images.length });
  const classes = input.model.output[0];
  const evaluation = { samples: images.length, classes, logits: y, labels: new Uint8Array() };
  return predictions(evaluation).map((best, index) => {
    const logits = Array.from(y.subarray(index * classes, (index + 1) * classes));
    return {
      class: best,
      className: input.classNames[best],
      probabilities: softmax(logits),
      logits,
    };
  });
}
