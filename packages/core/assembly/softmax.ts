// y[c] = e^(x[c] − m) / Σ_j e^(x[j] − m), m the largest x;  dX[c] = y[c] · (dY[c] − Σ_j y[j] · dY[j])
// Over channels, at each position by itself; two samples at a time in float64, rounded once.
import { exponential } from './exponential';
import { highPair, joinPairs, lowPair } from './lanes';
import { Bytes } from './units';

// e^(x − m); 1 where x is the largest, even if that is infinite.
// @ts-ignore: decorator
@inline
function power(x: v128, largest: v128): v128 {
  const isLargest = f64x2.eq(x, largest);
  return exponential(v128.andnot(f64x2.sub(x, largest), isLargest));
}

/** A channel's map is `plane` bytes. y may be x. */
export function softmax(y: usize, x: usize, channels: i32, plane: Bytes): void {
  const size = <usize>channels * plane;
  for (let at: usize = 0; at < plane; at += 16) {
    let largest = v128.load(x + at);
    for (let c = at + plane; c < size; c += plane) largest = f32x4.pmax(largest, v128.load(x + c));
    const low = lowPair(largest), high = highPair(largest);
    let lowSum = f64x2.splat(0), highSum = f64x2.splat(0);
    for (let c = at; c < size; c += plane) {
      const value = v128.load(x + c);
      lowSum = f64x2.add(lowSum, power(lowPair(value), low));
      highSum = f64x2.add(highSum, power(highPair(value), high));
    }
    for (let c = at; c < size; c += plane) {
      const value = v128.load(x + c);
      v128.store(
        y + c,
        joinPairs(
          f64x2.div(power(lowPair(value), low), lowSum),
          f64x2.div(power(highPair(value), high), highSum),
        ),
      );
    }
  }
}

/** y is the output. dX may be dY. */
export function softmaxGradient(dX: usize, dY: usize, y: usize, channels: i32, plane: Bytes): void {
  const size = <usize>channels * plane;
  for (let at: usize = 0; at < plane; at += 16) {
    let lowSum = f64x2.splat(0), highSum = f64x2.splat(0);
    for (let c = at; c < size; c += plane) {
      const own = v128.load(y + c), gradient = v128.load(dY + c);
      lowSum = f64x2.add(lowSum, f64x2.mul(lowPair(own), lowPair(gradient)));
      highSum = f64x2.add(highSum, f64x2.mul(highPair(own), highPair(gradient)));
    }
    for (let c = at; c < size; c += plane) {
      const own = v128.load(y + c), gradient = v128.load(dY + c);
      v128.store(
        dX + c,
        joinPairs(
          f64x2.mul(lowPair(own), f64x2.sub(lowPair(gradient), lowSum)),
          f64x2.mul(highPair(own), f64x2.sub(highPair(gradient), highSum)),
        ),
      );
    }
  }
}
