// The only operation across shards: sums by pairs of neighbours, an odd one carried up.
import { Bytes } from './units';

/** Adds `shards` arrays, `shardStride` bytes apart, into the first, then divides it by `divisor`. */
export function sumShards(
  first: usize, shardStride: Bytes, shards: i32, vectors: i32, divisor: f32,
): void {
  const size = <usize>vectors << 4;
  for (let step = 1; step < shards; step *= 2) {
    for (let s = 0; s + step < shards; s += 2 * step) {
      let to = first + <usize>s * shardStride, from = to + <usize>step * shardStride;
      for (const end = to + size; to < end; to += 16) {
        v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
        from += 16;
      }
    }
  }
  const over = f32x4.splat(divisor);
  for (const end = first + size; first < end; first += 16) {
    v128.store(first, f32x4.div(v128.load(first), over));
  }
}

/** Σ x² of `rows` rows of `columns` floats, in float64: two lanes side by side, then across. */
export function sumSquares(
  result: usize, x: usize, rowStride: Bytes, rows: i32, columns: i32,
): void {
  let even = f64x2.splat(0), odd = f64x2.splat(0), rest: f64 = 0;
  const whole = <usize>(columns & ~3) << 2, size = <usize>columns << 2;
  for (let r = 0; r < rows; r++) {
    let at = x;
    for (const end = x + whole; at < end; at += 16) {
      const value = v128.load(at);
      const low = f64x2.promote_low_f32x4(value);
      const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3));
      even = f64x2.add(even, f64x2.mul(low, low));
      odd = f64x2.add(odd, f64x2.mul(high, high));
    }
    for (const end = x + size; at < end; at += 4) {
      const value = <f64>load<f32>(at);
      rest += value * value;
    }
    x += rowStride;
  }
  const sum = f64x2.add(even, odd);
  store<f64>(result, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + rest);
}
