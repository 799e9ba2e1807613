/** Answers of the trained model to the test set, in its order. */
export interface Evaluation {
  samples: number;
  classes: number;
  /** `[samples, classes]`. */
  logits: Float32Array;
  /** `[samples]`. */
  labels: Uint8Array;
}

/** Class of the largest logit of each sample, `[samples]`; the lowest class wins a tie. */
export function predictions({ samples, classes, logits }: Evaluation): number[] {
  return Array.from({ length: samples }, (_, sample) => {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if (logits[sample * classes + k] > logits[sample * classes + best]) best = k;
    }
    return best;
  });
}

/** Samples in the order of the first of each label, the second of each, and so on; equal ones as they came. */
export function classByClass(indexes: Iterable<number>, labels: Evaluation['labels']): number[] {
  const seen = new Uint32Array(256); // labels are bytes
  return Array.from(indexes, (index) => ({ index, before: seen[labels[index]]++ }))
    .sort((a, b) => a.before - b.before)
    .map(({ index }) => index);
}
