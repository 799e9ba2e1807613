// y[c][p] = max over the window of x[c][p + tap]; the place of the first maximum is kept as 16 bits
// for the gradient. With `relu`, y = max(y, 0) and where nothing is positive no tap is the maximum.
// The minimum is the same with the comparison reversed.
import { NONE } from './constants';
import {
  outputOffset, segmentAt, segmentCount, sourceOffset, tapsEnd, tapsOf, vectorCount,
} from './program';
import { Bytes } from './units';

// @ts-ignore: decorator
@inline
function pool(
  isMinimum: bool, y: usize, yPlane: usize, index: usize, x: usize, xPlane: usize, channels: i32,
  program: usize, relu: i32,
): void {
  const none = i32x4.splat(NONE), zero = f32x4.splat(0), segments = segmentCount(program);
  for (let c = 0; c < channels; c++) {
    for (let s = 0; s < segments; s++) {
      const segment = segmentAt(program, s);
      const taps = tapsOf(program, segment), end = tapsEnd(program, segment);
      const firstId = i32x4.splat(load<i32>(taps, 4));
      let out = y + outputOffset(segment), at = index + (outputOffset(segment) >> 1);
      let source = x + sourceOffset(segment);
      for (let v = vectorCount(segment); v > 0; v--) {
        let best = v128.load(source + <usize>load<i32>(taps)), first = firstId;
        for (let tap = taps + 8; tap < end; tap += 8) {
          const value = v128.load(source + <usize>load<i32>(tap));
          const better = isMinimum ? f32x4.lt(value, best) : f32x4.gt(value, best);
          best = v128.bitselect(value, best, better);
          first = v128.bitselect(i32x4.splat(load<i32>(tap, 4)), first, better);
        }
        if (relu) {
          first = v128.bitselect(first, none, f32x4.gt(best, zero));
          best = f32x4.pmax(best, zero);
        }
        v128.store(out, best);
        v128.store_lane<i64>(at, i16x8.narrow_i32x4_u(first, first), 0);
        out += 16;
        at += 8;
        source += 16;
      }
    }
    y += yPlane;
    index += yPlane >> 1;
    x += xPlane;
  }
}

/** The maps of the index are `yPlane / 2` bytes apart. */
export function maxPool(
  y: usize, yPlane: Bytes, index: usize, x: usize, xPlane: Bytes, channels: i32, program: usize,
  relu: i32,
): void {
  pool(false, y, yPlane, index, x, xPlane, channels, program, relu);
}

/** Like maxPool, without ReLU. */
export function minPool(
  y: usize, yPlane: Bytes, index: usize, x: usize, xPlane: Bytes, channels: i32, program: usize,
): void {
  pool(true, y, yPlane, index, x, xPlane, channels, program, 0);
}

/** Adds each dY to the dX that its index names; with `add` 0, for windows that do not overlap, stores it. */
export function maxPoolGradient(
  dX: usize, xPlane: Bytes, dY: usize, yPlane: Bytes, index: usize, channels: i32, program: usize,
  add: i32,
): void {
  const segments = segmentCount(program);
  for (let c = 0; c < channels; c++) {
    for (let s = 0; s < segments; s++) {
      const segment = segmentAt(program, s);
      const taps = tapsOf(program, segment), end = tapsEnd(program, segment);
      let gradient = dY + outputOffset(segment), at = index + (outputOffset(segment) >> 1);
      let target = dX + sourceOffset(segment);
      for (let v = vectorCount(segment); v > 0; v--) {
        const g = v128.load(gradient);
        const first = i32x4.extend_low_i16x8_u(v128.load64_zero(at));
        for (let tap = taps; tap < end; tap += 8) {
          const place = target + <usize>load<i32>(tap);
          const share = v128.and(g, i32x4.eq(first, i32x4.splat(load<i32>(tap, 4))));
          v128.store(place, add ? f32x4.add(v128.load(place), share) : share);
        }
        gradient += 16;
        at += 8;
        target += 16;
      }
    }
    dX += xPlane;
    dY += yPlane;
    index += yPlane >> 1;
  }
}
