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
