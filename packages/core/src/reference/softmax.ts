import { exp } from '../math.ts';
import { zerosLike, type FloatArray, type Tensor } from '../tensor.ts';

// Calls `visit` with the indexes of each sample's and position's elements along the channel axis.
function forEachColumn({ shape, data }: Tensor, visit: (column: number[]) => void): void {
  const [samples, channels] = shape;
  const plane = data.length / samples / channels;
  for (let n = 0; n < samples; n++)
    for (let p = 0; p < plane; p++) {
      visit(Array.from({ length: channels }, (_, c) => (n * channels + c) * plane + p));
    }
}

/** x `[n, c, …]` → y of the same shape: e^x over its sum along the channels. */
export function softmaxForward(x: Tensor): Tensor {
  const data = zerosLike(x.data, x.data.length);
  forEachColumn(x, (column) => {
    const largest = column.reduce((most, i) => Math.max(most, x.data[i]), -Infinity);
    // An infinite largest is no farther from itself than others are.
    const powers = column.map((i) => (x.data[i] === largest ? 1 : exp(x.data[i] - largest)));
    const sum = powers.reduce((total, power) => total + power, 0);
    column.forEach((i, c) => (data[i] = powers[c] / sum));
  });
  return { shape: x.shape, data };
}

/** Gradient of `Σ y·dY` with respect to x. */
export function softmaxBackward(y: Tensor, dY: FloatArray): FloatArray {
  const dX = zerosLike(dY, dY.length);
  forEachColumn(y, (column) => {
    const sum = column.reduce((total, i) => total + y.data[i] * dY[i], 0);
    for (const i of column) dX[i] = y.data[i] * (dY[i] - sum);
  });
  return dX;
}
