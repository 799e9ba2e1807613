import { softmax } from './softmax.ts';

/** The output of a network for one sample. */
export interface Outputs {
  /** `[classes]`, float32: those of the evaluation to the last bit. */
  readonly logits: number[];
  /** Softmax of the logits, `[classes]`. */
  readonly probabilities: number[];
}

/** @param y Logits, `[batch, classes]`. */
export function toOutputs(y: Float32Array, classes: number): Outputs[] {
  return Array.from({ length: y.length / classes }, (_, n) => {
    const logits = Array.from(y.subarray(n * classes, (n + 1) * classes));
    return { logits, probabilities: softmax(logits) };
  });
}
