import { pow } from '../math.ts';
import { zerosLike, type FloatArray, type Tensor } from '../tensor.ts';

/** The kernel `local-response-norm.ts` has the formulas; `alpha` is already divided by the size. */
export interface LocalResponseNormSettings {
  /** Channels on either side. */
  readonly half: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;
}

// Calls `visit` with the index of each element and of each element in its channel window.
function forEachNeighbour(
  { shape: [samples, channels, height, width] }: Tensor,
  half: number,
  visit: (own: number, other: number) => void,
): void {
  const plane = height * width;
  for (let n = 0; n < samples; n++)
    for (let c = 0; c < channels; c++)
      for (let j = Math.max(0, c - half); j <= Math.min(channels - 1, c + half); j++)
        for (let p = 0; p < plane; p++) {
          visit((n * channels + c) * plane + p, (n * channels + j) * plane + p);
        }
}

function scalesOf(x: Tensor, { half, alpha, k }: LocalResponseNormSettings): FloatArray {
  const sums = zerosLike(x.data, x.data.length);
  forEachNeighbour(x, half, (own, other) => (sums[own] += x.data[other] * x.data[other]));
  return sums.map((sum) => k + alpha * sum);
}

/** x `[n, c, h, w]` → y of the same shape. */
export function localResponseNormForward(x: Tensor, settings: LocalResponseNormSettings): Tensor {
  const scales = scalesOf(x, settings);
  const data = x.data.map((value, i) => value * pow(scales[i], -settings.beta));
  return { shape: x.shape, data };
}

/** Gradient of `Σ y·dY` with respect to x. */
export function localResponseNormBackward(
  x: Tensor,
  y: Tensor,
  dY: FloatArray,
  settings: LocalResponseNormSettings,
): FloatArray {
  const { half, alpha, beta } = settings;
  const scales = scalesOf(x, settings);
  const sums = zerosLike(x.data, x.data.length);
  forEachNeighbour(x, half, (own, other) => {
    sums[own] += (dY[other] * y.data[other]) / scales[other];
  });
  return dY.map(
    (gradient, i) => gradient * pow(scales[i], -beta) - 2 * alpha * beta * x.data[i] * sums[i],
  );
}
