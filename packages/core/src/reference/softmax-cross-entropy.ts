import { exp, log } from '../math.ts';
import { zerosLike, type FloatArray, type Tensor } from '../tensor.ts';

/** A loss summed over the samples of a batch, with the gradient of that sum. */
export interface LossSum {
  /** Sum over samples. */
  loss: number;
  /** Samples whose largest logit is at their label; ties go to the lowest class. */
  correct: number;
  /** Gradient of the sum with respect to the logits. */
  dX: FloatArray;
}

/** loss = Σ_n log Σ_c exp(x[n,c]) − x[n,label], from the largest logit down. x `[n, classes]`. */
export function softmaxCrossEntropyReference(x: Tensor, labels: ArrayLike<number>): LossSum {
  const [samples, classes] = x.shape;
  const dX = zerosLike(x.data, x.data.length);
  let loss = 0;
  let correct = 0;
  for (let n = 0; n < samples; n++) {
    const logits = Array.from(x.data.subarray(n * classes, (n + 1) * classes));
    const best = logits.reduce((at, value, c) => (value > logits[at] ? c : at), 0);
    const powers = logits.map((value) => exp(value - logits[best]));
    const sum = powers.reduce((total, power) => total + power, 0);
    loss += log(sum) - (logits[labels[n]] - logits[best]);
    if (best === labels[n]) correct++;
    for (let c = 0; c < classes; c++) {
      dX[n * classes + c] = powers[c] / sum - (c === labels[n] ? 1 : 0);
    }
  }
  return { loss, correct, dX };
}
