// PReLU (He et al., 2015): x where it is above 0, else slope · x, with a slope for each channel.
import { elementCount, type FloatArray, type Tensor } from '../tensor.ts';

/** x `[n, c, …]`, a weight for each of the c channels. */
export function preluForward(x: Tensor, weight: FloatArray): Tensor {
  const channelOf = channels(x);
  const data = x.data.map((value, i) => (value > 0 ? value : weight[channelOf(i)] * value));
  return { shape: x.shape, data };
}

/** At 0 the gradient is that of the slope, as in PyTorch. */
export function preluBackward(
  x: Tensor,
  dY: FloatArray,
  weight: FloatArray,
): { dX: FloatArray; dWeight: FloatArray } {
  const channelOf = channels(x);
  const dX = dY.map((gradient, i) => (x.data[i] > 0 ? gradient : weight[channelOf(i)] * gradient));
  const dWeight = weight.map(() => 0);
  x.data.forEach((value, i) => {
    if (value <= 0) dWeight[channelOf(i)] += value * dY[i];
  });
  return { dX, dWeight };
}

function channels({ shape: [, count, ...positions] }: Tensor): (index: number) => number {
  const plane = elementCount(positions);
  return (index) => Math.floor(index / plane) % count;
}
