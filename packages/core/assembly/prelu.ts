// y = x where x > 0, else w[c] · x;  dX = dY where x > 0, else w[c] · dY;  dW[c] = Σ x · dY where x ≤ 0
// A channel's map is `plane` bytes.
import { highPair, lowPair } from './lanes';
import { Bytes } from './units';

/** y may be x. */
export function prelu(y: usize, x: usize, weights: usize, channels: i32, plane: Bytes): void {
  select(y, x, x, weights, channels, plane);
}

/** dX may be dY. */
export function preluGradient(
  dX: usize, dY: usize, x: usize, weights: usize, channels: i32, plane: Bytes,
): void {
  select(dX, dY, x, weights, channels, plane);
}

// `out` is `source` where x > 0, else w[c] · source.
function select(
  out: usize, source: usize, x: usize, weights: usize, channels: i32, plane: Bytes,
): void {
  const zero = f32x4.splat(0);
  for (let c = 0; c < channels; c++) {
    const weight = v128.load32_splat(weights + (<usize>c << 2));
    for (const end = x + plane; x < end; x += 16) {
      const value = v128.load(source);
      const isAbove = f32x4.gt(v128.load(x), zero);
      v128.store(out, v128.bitselect(value, f32x4.mul(weight, value), isAbove));
      source += 16;
      out += 16;
    }
  }
}

/** Summed in float64, two samples at a time, and rounded once. Lanes without a sample have dY = 0. */
export function preluWeightGradient(
  dWeights: usize, dY: usize, x: usize, channels: i32, plane: Bytes,
): void {
  const zero = f32x4.splat(0);
  for (let c = 0; c < channels; c++) {
    let low = f64x2.splat(0), high = f64x2.splat(0);
    for (const end = x + plane; x < end; x += 16) {
      const value = v128.load(x), gradient = v128.load(dY);
      const below = v128.andnot(value, f32x4.gt(value, zero));
      low = f64x2.add(low, f64x2.mul(lowPair(below), lowPair(gradient)));
      high = f64x2.add(high, f64x2.mul(highPair(below), highPair(gradient)));
      dY += 16;
    }
    const sum = f64x2.add(low, high);
    const both = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    store<f32>(dWeights + (<usize>c << 2), <f32>both);
  }
}
