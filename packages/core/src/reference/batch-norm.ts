import { elementCount, zerosLike, type FloatArray, type Tensor } from '../tensor.ts';

/** Mean and variance of each channel; the kernel `batch-norm.ts` has the formulas. */
export interface ChannelStatistics {
  readonly mean: FloatArray;
  /** Divided by the number of elements. */
  readonly variance: FloatArray;
}

/** The trained parameters, and what is added to the variance. */
export interface BatchNormSettings {
  readonly weight: FloatArray;
  readonly bias: FloatArray;
  readonly epsilon: number;
}

// Calls `visit` with the index and the channel of each element of [n, c] or [n, c, h, w].
function forEachElement(
  { shape: [samples, channels, ...rest] }: Pick<Tensor, 'shape'>,
  visit: (index: number, channel: number) => void,
): void {
  const plane = elementCount(rest);
  for (let n = 0; n < samples; n++)
    for (let c = 0; c < channels; c++)
      for (let p = 0; p < plane; p++) visit((n * channels + c) * plane + p, c);
}

/** Values each channel has in x. */
export function valuesPerChannel({ shape }: Tensor): number {
  return elementCount(shape) / shape[1];
}

/** The statistics of x, `[n, c]` or `[n, c, h, w]`, over all axes but the channels. */
export function batchStatistics(x: Tensor): ChannelStatistics {
  const count = valuesPerChannel(x);
  const mean = zerosLike(x.data, x.shape[1]);
  forEachElement(x, (i, c) => (mean[c] += x.data[i] / count));
  const variance = zerosLike(x.data, x.shape[1]);
  forEachElement(x, (i, c) => {
    const distance = x.data[i] - mean[c];
    variance[c] += (distance * distance) / count;
  });
  return { mean, variance };
}

/** The running statistics after a batch of `count` values a channel; their variance is unbiased. */
export function updateStatistics(
  running: ChannelStatistics,
  batch: ChannelStatistics,
  count: number,
  momentum: number,
): ChannelStatistics {
  const move = (from: FloatArray, to: FloatArray, factor: number) =>
    from.map((value, c) => (1 - momentum) * value + momentum * factor * to[c]);
  return {
    mean: move(running.mean, batch.mean, 1),
    variance: move(running.variance, batch.variance, count / (count - 1)),
  };
}

function normalized(x: Tensor, { mean, variance }: ChannelStatistics, epsilon: number): FloatArray {
  const result = zerosLike(x.data, x.data.length);
  forEachElement(x, (i, c) => {
    result[i] = (x.data[i] - mean[c]) / Math.sqrt(variance[c] + epsilon);
  });
  return result;
}

/** x `[n, c]` or `[n, c, h, w]` → y of the same shape. */
export function batchNormForward(
  x: Tensor,
  statistics: ChannelStatistics,
  { weight, bias, epsilon }: BatchNormSettings,
): Tensor {
  const data = normalized(x, statistics, epsilon);
  forEachElement(x, (i, c) => (data[i] = weight[c] * data[i] + bias[c]));
  return { shape: x.shape, data };
}

/**
 * Gradients of `Σ y·dY`. `isBatch`: whether the statistics are those of x, which depend on it, and
 * not fixed ones.
 */
export function batchNormBackward(
  x: Tensor,
  dY: FloatArray,
  statistics: ChannelStatistics,
  { weight, epsilon }: BatchNormSettings,
  isBatch: boolean,
): { dX: FloatArray; dWeight: FloatArray; dBias: FloatArray } {
  const unit = normalized(x, statistics, epsilon);
  const count = isBatch ? valuesPerChannel(x) : Infinity;
  const [dWeight, dBias] = [zerosLike(x.data, x.shape[1]), zerosLike(x.data, x.shape[1])];
  forEachElement(x, (i, c) => {
    dBias[c] += dY[i];
    dWeight[c] += dY[i] * unit[i];
  });
  const dX = zerosLike(x.data, x.data.length);
  forEachElement(x, (i, c) => {
    const scale = weight[c] / Math.sqrt(statistics.variance[c] + epsilon);
    dX[i] = scale * (dY[i] - dBias[c] / count - (unit[i] * dWeight[c]) / count);
  });
  return { dX, dWeight, dBias };
}
