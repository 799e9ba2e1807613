// The numbers that each batch of the epoch leaves in `Statistics.batches`, float64.

/** Numbers of a batch. */
export const batchNumbers = 4;

export interface BatchNumbers {
  /** Sum over samples. */
  readonly loss: number;
  readonly correct: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
}

/** Writes all but the gradient's norm, which comes later. */
export function writeLoss(
  batches: Float64Array,
  batch: number,
  { loss, correct, learningRate }: Omit<BatchNumbers, 'gradientNorm'>,
): void {
  const at = batch * batchNumbers;
  batches[at] = loss;
  batches[at + 1] = correct;
  batches[at + 2] = learningRate;
}

export function writeNorm(batches: Float64Array, batch: number, norm: number): void {
  batches[batch * batchNumbers + 3] = norm;
}

export function readBatch(batches: Float64Array, batch: number): BatchNumbers {
  const at = batch * batchNumbers;
  const [loss, correct, learningRate, gradientNorm] = batches.subarray(at, at + batchNumbers);
  return { loss, correct, learningRate, gradientNorm };
}
