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
  const segments = segmentCount(program);
  for (let c = 0; c < channels; c++) {
    for (let s = 0; s < segments; s++) {
      const segment = segmentAt(program, s), vectors = vectorCount(segment);
      const taps = tapsOf(program, segment), end = tapsEnd(program, segment);
      const out = y + outputOffset(segment), at = index + (outputOffset(segment) >> 1);
      const source = x + sourceOffset(segment);
      poolPairs(isMinimum, out, at, source, vectors, taps, end, relu);
      if (vectors & 1) {
        const last = <usize>(vectors - 1) << 4;
        if (isMinimum) minOne(out + last, at + (last >> 1), source + last, taps, end);
        else maxOne(out + last, at + (last >> 1), source + last, taps, end, relu);
      }
    }
    y += yPlane;
    index += yPlane >> 1;
    x += xPlane;
  }
}

// Two vectors at a time.
// @ts-ignore: decorator
@inline
function poolPairs(
  isMinimum: bool, y: usize, index: usize, x: usize, vectors: i32, taps: usize, end: usize, relu: i32,
): void {
  const zero = f32x4.splat(0), none = i32x4.splat(NONE);
  for (; vectors > 1; vectors -= 2) {
    const from = x + <usize>load<i32>(taps);
    let best0 = v128.load(from), best1 = v128.load(from, 16);
    let first0 = i32x4.splat(load<i32>(taps, 4)), first1 = first0;
    for (let tap = taps + 8; tap < end; tap += 8) {
      const at = x + <usize>load<i32>(tap), id = i32x4.splat(load<i32>(tap, 4));
      const value0 = v128.load(at), value1 = v128.load(at, 16);
      const better0 = isMinimum ? f32x4.lt(value0, best0) : f32x4.gt(value0, best0);
      const better1 = isMinimum ? f32x4.lt(value1, best1) : f32x4.gt(value1, best1);
      best0 = v128.bitselect(value0, best0, better0);
      best1 = v128.bitselect(value1, best1, better1);
      first0 = v128.bitselect(id, first0, better0);
      first1 = v128.bitselect(id, first1, better1);
    }
    if (relu) {
      first0 = v128.bitselect(first0, none, f32x4.gt(best0, zero));
      first1 = v128.bitselect(first1, none, f32x4.gt(best1, zero));
      best0 = f32x4.pmax(best0, zero);
      best1 = f32x4.pmax(best1, zero);
    }
    v128.store(y, best0);
    v128.store(y, best1, 16);
    v128.store(index, i16x8.narrow_i32x4_u(first0, first1));
    y += 32;
    index += 16;
    x += 32;
  }
}

function maxOne(y: usize, index: usize, x: usize, taps: usize, end: usize, relu: i32): void {
  poolOne(false, y, index, x, taps, end, relu);
}

function minOne(y: usize, index: usize, x: usize, taps: usize, end: usize): void {
  poolOne(true, y, index, x, taps, end, 0);
}

// @ts-ignore: decorator
@inline
function poolOne(
  isMinimum: bool, y: usize, index: usize, x: usize, taps: usize, end: usize, relu: i32,
): void {
  const zero = f32x4.splat(0);
  let best = v128.load(x + <usize>load<i32>(taps)), first = i32x4.splat(load<i32>(taps, 4));
  for (let tap = taps + 8; tap < end; tap += 8) {
    const value = v128.load(x + <usize>load<i32>(tap));
    const better = isMinimum ? f32x4.lt(value, best) : f32x4.gt(value, best);
    best = v128.bitselect(value, best, better);
    first = v128.bitselect(i32x4.splat(load<i32>(tap, 4)), first, better);
  }
  if (relu) {
    first = v128.bitselect(first, i32x4.splat(NONE), f32x4.gt(best, zero));
    best = f32x4.pmax(best, zero);
  }
  v128.store(y, best);
  v128.store_lane<i64>(index, i16x8.narrow_i32x4_u(first, first), 0);
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
