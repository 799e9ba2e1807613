// Local response normalization across channels (Krizhevsky et al., 2012):
//   S[c] = k + alpha · Σ_{|j−c| ≤ half} x[j]²      y[c] = x[c] · S[c]^−beta
//   dX[c] = dY[c] · S[c]^−beta − 2 · alpha · beta · x[c] · Σ_{|j−c| ≤ half} dY[j] · y[j] / S[j]
import { exponential, logarithm } from './exponential';
import { highPair, joinPairs, lowPair } from './lanes';
import { Bytes } from './units';
import { multiplyAdd } from './vector';

// S^−beta.
// @ts-ignore: decorator
@inline
function power(scale: v128, beta: f64): v128 {
  const exponent = f64x2.splat(-beta);
  return joinPairs(
    exponential(f64x2.mul(exponent, logarithm(lowPair(scale)))),
    exponential(f64x2.mul(exponent, logarithm(highPair(scale)))),
  );
}

/** A channel's map is `plane` bytes; S is kept for the gradient. */
export function localResponseNorm(
  y: usize, scale: usize, x: usize, channels: i32, plane: Bytes, half: i32, alpha: f32, beta: f64,
  k: f32,
): void {
  const scaled = f32x4.splat(alpha), start = f32x4.splat(k);
  for (let c = 0; c < channels; c++) {
    const first = <usize>max(0, c - half) * plane, last = <usize>min(channels - 1, c + half) * plane;
    const own = <usize>c * plane;
    for (let at: usize = 0; at < plane; at += 16) {
      let sum = f32x4.splat(0);
      for (let channel = x + first + at; channel <= x + last + at; channel += plane) {
        const value = v128.load(channel);
        sum = multiplyAdd(sum, value, value);
      }
      const s = multiplyAdd(start, scaled, sum);
      v128.store(scale + own + at, s);
      v128.store(y + own + at, f32x4.mul(v128.load(x + own + at), power(s, beta)));
    }
  }
}

/** `shares` has room for dY · y / S. */
export function localResponseNormGradient(
  dX: usize, dY: usize, x: usize, y: usize, scale: usize, shares: usize, channels: i32,
  plane: Bytes, half: i32, alpha: f32, beta: f64,
): void {
  const size = <usize>channels * plane;
  for (let at: usize = 0; at < size; at += 16) {
    const product = f32x4.mul(v128.load(dY + at), v128.load(y + at));
    v128.store(shares + at, f32x4.div(product, v128.load(scale + at)));
  }
  const factor = f32x4.splat(<f32>(-2 * <f64>alpha * beta));
  for (let c = 0; c < channels; c++) {
    const first = <usize>max(0, c - half) * plane, last = <usize>min(channels - 1, c + half) * plane;
    const own = <usize>c * plane;
    for (let at: usize = 0; at < plane; at += 16) {
      let sum = f32x4.splat(0);
      for (let share = shares + first + at; share <= shares + last + at; share += plane) {
        sum = f32x4.add(sum, v128.load(share));
      }
      const place = own + at;
      const direct = f32x4.mul(v128.load(dY + place), power(v128.load(scale + place), beta));
      const neighbours = f32x4.mul(f32x4.mul(factor, v128.load(x + place)), sum);
      v128.store(dX + place, f32x4.add(direct, neighbours));
    }
  }
}
