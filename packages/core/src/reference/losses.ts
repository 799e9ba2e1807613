// Losses against targets `[n, classes]`, as sums over samples; the kernels of `losses.ts` have the
// formulas.
import { highest } from '../extent.ts';
import { exp, log } from '../math.ts';
import { zerosLike, type Tensor } from '../tensor.ts';
import type { LossSum } from './softmax-cross-entropy.ts';

/** Their places are the kernel's `kind` numbers. */
export const elementLossNames = [
  'binary-cross-entropy',
  'mean-absolute',
  'mean-squared',
  'huber',
] as const;

/** Name of a loss that is a mean over classes. */
export type ElementLossName = (typeof elementLossNames)[number];

/** Targets of labels: 1 at the label, else 0, `[n, classes]`. */
export function oneHot(labels: ArrayLike<number>, classes: number): Tensor<Float64Array> {
  const data = new Float64Array(labels.length * classes);
  for (let n = 0; n < labels.length; n++) data[n * classes + labels[n]] = 1;
  return { shape: [labels.length, classes], data };
}

/**
 * Σ_n Σ_c t · (log Σ exp(x) − x) with t = w · ((1 − smoothing) · target + smoothing / classes).
 *
 * @param weights A w for each class; default 1.
 */
export function softCrossEntropyReference(
  x: Tensor,
  targets: Tensor,
  smoothing = 0,
  weights?: ArrayLike<number>,
): LossSum {
  const [samples, classes] = x.shape;
  const dX = zerosLike(x.data, x.data.length);
  let loss = 0;
  for (let n = 0; n < samples; n++) {
    const logits = rowOf(x, n);
    const wanted = rowOf(targets, n).map(
      (t, c) => (weights?.[c] ?? 1) * ((1 - smoothing) * t + smoothing / classes),
    );
    const weight = wanted.reduce((sum, t) => sum + t, 0);
    const largest = highest(logits);
    const sum = logits.reduce((total, value) => total + exp(value - largest), 0);
    logits.forEach((value, c) => {
      loss += wanted[c] * (log(sum) - (value - largest));
      dX[n * classes + c] = (exp(value - largest) / sum) * weight - wanted[c];
    });
  }
  return { loss, correct: countCorrect(x, targets), dX };
}

/** Σ_n of the mean over classes of the loss of each element; `delta` is Huber's. */
export function elementLossReference(
  name: ElementLossName,
  x: Tensor,
  targets: Tensor,
  delta = 1,
): LossSum {
  const classes = x.shape[1];
  const dX = zerosLike(x.data, x.data.length);
  let loss = 0;
  x.data.forEach((value, i) => {
    const [own, derivative] = elementLoss(name, value, targets.data[i], delta);
    loss += own / classes;
    dX[i] = derivative / classes;
  });
  return { loss, correct: countCorrect(x, targets), dX };
}

function elementLoss(name: ElementLossName, x: number, t: number, delta: number) {
  const [difference, distance] = [x - t, Math.abs(x - t)];
  switch (name) {
    case 'binary-cross-entropy': {
      const power = exp(-Math.abs(x));
      const probability = (x < 0 ? power : 1) / (1 + power);
      return [Math.max(x, 0) - x * t + log(1 + power), probability - t];
    }
    case 'mean-absolute':
      return [distance, Math.sign(difference)];
    case 'mean-squared':
      return [distance * distance, 2 * difference];
    case 'huber':
      return distance <= delta
        ? [(distance * distance) / 2, difference]
        : [delta * (distance - delta / 2), delta * Math.sign(difference)];
    default:
      return name satisfies never;
  }
}

function rowOf({ shape: [, classes], data }: Tensor, n: number): number[] {
  return Array.from(data.subarray(n * classes, (n + 1) * classes));
}

/** Samples whose largest output is at their largest target; ties go to the lowest class. */
function countCorrect(x: Tensor, targets: Tensor): number {
  const largest = (values: number[]) => values.indexOf(highest(values));
  let correct = 0;
  for (let n = 0; n < x.shape[0]; n++) {
    if (largest(rowOf(x, n)) === largest(rowOf(targets, n))) correct++;
  }
  return correct;
}
