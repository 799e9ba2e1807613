// How a learning rate that suits one batch size becomes that of another. Linear: Goyal et al., 2017 (k batches
// of SGD become one of k times the size). Root: Krizhevsky, 2014; You et al., 2019, for LAMB (the noise of
// the gradient falls with the root of the batch).

/** Batch size of a run where nothing else is said. */
export const usualBatch = 100;

/** Ways to scale a rate. */
export const rateScalings = ['linear', 'sqrt'] as const;
/** One of them. */
export type RateScaling = (typeof rateScalings)[number];

/** What scaling follows from. */
export interface ScaledFrom {
  readonly batchSize: number;
  readonly learningRate: number;
  readonly scaleRate: RateScaling | null;
  readonly baseBatch: number | null;
}

/** The rate times batch / base or its root; null where nothing scales it. */
export function scaledRate(from: ScaledFrom): number | null {
  const { batchSize, learningRate, scaleRate, baseBatch } = from;
  if (scaleRate === null) return null;
  const times = batchSize / (baseBatch ?? usualBatch);
  return learningRate * (scaleRate === 'linear' ? times : Math.sqrt(times));
}
