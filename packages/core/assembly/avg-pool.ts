// y[c][p] = (Σ over the window of x[c][p + tap]) / divisor; dX gets dY / divisor at each position.
// `divisors`: one float a segment of the window program.
import {
  outputOffset, segmentAt, segmentCount, sourceOffset, tapsEnd, tapsOf, vectorCount,
} from './program';
import { Bytes } from './units';

export function avgPool(
  y: usize, yPlane: Bytes, x: usize, xPlane: Bytes, channels: i32, program: usize, divisors: usize,
): void {
  const segments = segmentCount(program);
  for (let c = 0; c < channels; c++) {
    for (let s = 0; s < segments; s++) {
      const segment = segmentAt(program, s);
      const taps = tapsOf(program, segment), end = tapsEnd(program, segment);
      const divisor = v128.load_splat<f32>(divisors + (<usize>s << 2));
      let out = y + outputOffset(segment), source = x + sourceOffset(segment);
      for (let v = vectorCount(segment); v > 0; v--) {
        let sum = f32x4.splat(0);
        for (let tap = taps; tap < end; tap += 8) {
          sum = f32x4.add(sum, v128.load(source + <usize>load<i32>(tap)));
        }
        v128.store(out, f32x4.div(sum, divisor));
        out += 16;
        source += 16;
      }
    }
    y += yPlane;
    x += xPlane;
  }
}

/** Adds to dX, which must be clear where windows overlap or miss positions. */
export function avgPoolGradient(
  dX: usize, xPlane: Bytes, dY: usize, yPlane: Bytes, channels: i32, program: usize,
  divisors: usize, add: i32,
): void {
  const segments = segmentCount(program);
  for (let c = 0; c < channels; c++) {
    for (let s = 0; s < segments; s++) {
      const segment = segmentAt(program, s);
      const taps = tapsOf(program, segment), end = tapsEnd(program, segment);
      const divisor = v128.load_splat<f32>(divisors + (<usize>s << 2));
      let gradient = dY + outputOffset(segment), target = dX + sourceOffset(segment);
      for (let v = vectorCount(segment); v > 0; v--) {
        const share = f32x4.div(v128.load(gradient), divisor);
        for (let tap = taps; tap < end; tap += 8) {
          const place = target + <usize>load<i32>(tap);
          v128.store(place, add ? f32x4.add(v128.load(place), share) : share);
        }
        gradient += 16;
        target += 16;
      }
    }
    dX += xPlane;
    dY += yPlane;
  }
}
