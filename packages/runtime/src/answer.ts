import type { Outputs } from './outputs.ts';

/** A class and how probable it is. */
export interface ClassProbability {
  /** Place of the class, from 0. */
  readonly class: number;
  readonly className: string;
  /** From 0 to 1. */
  readonly probability: number;
}

/** The answer of a model to one image. */
export interface Answer extends ClassProbability {
  /** `[classes]`, those of the evaluation to the last bit. */
  readonly logits: Float32Array;
  /** Softmax of the logits, `[classes]`. */
  readonly probabilities: readonly number[];
  /** Every class, the most probable first; of equal ones the lowest. */
  readonly top: readonly ClassProbability[];
}

/** The answer in the names of the classes. */
export function toAnswer(
  { logits, probabilities }: Outputs,
  classNames: readonly string[],
): Answer {
  const top = classNames
    .map((className, k) => ({ class: k, className, probability: probabilities[k] }))
    .sort((a, b) => logits[b.class] - logits[a.class] || a.class - b.class);
  return { ...top[0], logits: Float32Array.from(logits), probabilities, top };
}
