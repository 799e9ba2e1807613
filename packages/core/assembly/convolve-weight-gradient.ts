// dWeights[a][j] = Σ_runs Σ_q dY[a][q] · source[q + tap_j], j running over channels and taps.
// The source is padded with zeros where the convolution pads, so that every tap has every run.
// dBias[a] = Σ_runs Σ_q dY[a][q].
import { Bytes } from './units';
import { multiplyAdd, storeTile, sum1, sum4 } from './vector';
import { outputOffset, segmentAt, segmentCount, sourceOffset, vectorCount } from './program';

/** `taps`: source offset of each of the `tapCount` taps, int32. Overwrites dWeights. */
export function convolveWeightGradient(
  dWeights: usize, filterStride: Bytes, dY: usize, yPlane: Bytes, source: usize, taps: usize,
  filters: i32, tapCount: i32, program: usize,
): void {
  if (filters < 4 || tapCount < 2) {
    for (let a = 0; a < filters; a++) {
      for (let j = 0; j < tapCount; j++) {
        store<f32>(
          dWeights + <usize>a * filterStride + (<usize>j << 2),
          correlate1(dY + <usize>a * yPlane, source + <usize>load<i32>(taps + (<usize>j << 2)), program),
        );
      }
    }
    return;
  }
  for (let a = 0; a < filters; a += 4) {
    if (filters - a == 2 && tapCount >= 4) {
      const row = dY + <usize>a * yPlane;
      for (let j = 0; j < tapCount; j += 4) {
        const first = <usize>min(j, tapCount - 4);
        correlate24(
          dWeights + <usize>a * filterStride + (first << 2), filterStride, row, yPlane, source,
          taps + (first << 2), program,
        );
      }
      return;
    }
    const firstA = <usize>min(a, filters - 4);
    for (let j = 0; j < tapCount; j += 2) {
      const firstJ = <usize>min(j, tapCount - 2);
      const tap = taps + (firstJ << 2);
      correlate42(
        dWeights + firstA * filterStride + (firstJ << 2), filterStride,
        dY + firstA * yPlane, yPlane,
        source + <usize>load<i32>(tap), source + <usize>load<i32>(tap, 4), program,
      );
    }
  }
}

function correlate42(
  dWeights: usize, filterStride: usize, dY: usize, yPlane: usize, source0: usize,
  source1: usize, program: usize,
): void {
  const zero = f32x4.splat(0);
  let s00 = zero, s01 = zero, s10 = zero, s11 = zero, s20 = zero, s21 = zero, s30 = zero, s31 = zero;
  const planeStride = source1 - source0, segments = segmentCount(program);
  for (let s = 0; s < segments; s++) {
    const segment = segmentAt(program, s);
    let position = source0 + sourceOffset(segment), row = dY + outputOffset(segment);
    const end = row + (<usize>vectorCount(segment) << 4);
    for (; row < end; row += 16) {
      const x0 = v128.load(position), x1 = v128.load(position + planeStride);
      let g = v128.load(row), at = row + yPlane;
      s00 = multiplyAdd(s00, g, x0);
      s01 = multiplyAdd(s01, g, x1);
      g = v128.load(at);
      at += yPlane;
      s10 = multiplyAdd(s10, g, x0);
      s11 = multiplyAdd(s11, g, x1);
      g = v128.load(at);
      at += yPlane;
      s20 = multiplyAdd(s20, g, x0);
      s21 = multiplyAdd(s21, g, x1);
      g = v128.load(at);
      s30 = multiplyAdd(s30, g, x0);
      s31 = multiplyAdd(s31, g, x1);
      position += 16;
    }
  }
  storeTile(dWeights, filterStride, 4, sum4(s00, s10, s20, s30), sum4(s01, s11, s21, s31));
}

// Two maps and four taps: with two maps left, half of a tile of four maps would be wasted.
function correlate24(
  dWeights: usize, filterStride: usize, dY: usize, yPlane: usize, source: usize, taps: usize,
  program: usize,
): void {
  const zero = f32x4.splat(0);
  let s00 = zero, s01 = zero, s02 = zero, s03 = zero, s10 = zero, s11 = zero, s12 = zero, s13 = zero;
  const t0 = source + <usize>load<i32>(taps), t1 = <usize>load<i32>(taps, 4) - <usize>load<i32>(taps);
  const t2 = <usize>load<i32>(taps, 8) - <usize>load<i32>(taps);
  const t3 = <usize>load<i32>(taps, 12) - <usize>load<i32>(taps);
  const segments = segmentCount(program);
  for (let s = 0; s < segments; s++) {
    const segment = segmentAt(program, s);
    let position = t0 + sourceOffset(segment), row = dY + outputOffset(segment);
    const end = row + (<usize>vectorCount(segment) << 4);
    for (; row < end; row += 16) {
      const g0 = v128.load(row), g1 = v128.load(row + yPlane);
      let x = v128.load(position);
      s00 = multiplyAdd(s00, g0, x);
      s10 = multiplyAdd(s10, g1, x);
      x = v128.load(position + t1);
      s01 = multiplyAdd(s01, g0, x);
      s11 = multiplyAdd(s11, g1, x);
      x = v128.load(position + t2);
      s02 = multiplyAdd(s02, g0, x);
      s12 = multiplyAdd(s12, g1, x);
      x = v128.load(position + t3);
      s03 = multiplyAdd(s03, g0, x);
      s13 = multiplyAdd(s13, g1, x);
      position += 16;
    }
  }
  v128.store(dWeights, sum4(s00, s01, s02, s03));
  v128.store(dWeights + filterStride, sum4(s10, s11, s12, s13));
}

function correlate1(dY: usize, source: usize, program: usize): f32 {
  let sum = f32x4.splat(0);
  const segments = segmentCount(program);
  for (let s = 0; s < segments; s++) {
    const segment = segmentAt(program, s);
    let position = source + sourceOffset(segment), row = dY + outputOffset(segment);
    const end = row + (<usize>vectorCount(segment) << 4);
    for (; row < end; row += 16) {
      sum = multiplyAdd(sum, v128.load(row), v128.load(position));
      position += 16;
    }
  }
  return sum1(sum);
}

/** dBias[a] = Σ of `vectors` vectors of dY[a]. Four sums at a time: a single sum would wait for each addition. */
export function biasGradient(
  dBias: usize, dY: usize, yPlane: Bytes, filters: i32, vectors: i32,
): void {
  const zero = f32x4.splat(0), bytes = <usize>vectors << 4;
  if (filters < 4) {
    for (let a = 0; a < filters; a++) {
      let sum = zero, at = dY + <usize>a * yPlane;
      for (const end = at + bytes; at < end; at += 16) sum = f32x4.add(sum, v128.load(at));
      store<f32>(dBias + (<usize>a << 2), sum1(sum));
    }
    return;
  }
  for (let a = 0; a < filters; a += 4) {
    const first = <usize>min(a, filters - 4);
    let s0 = zero, s1 = zero, s2 = zero, s3 = zero, at = dY + first * yPlane;
    const two = 2 * yPlane, three = 3 * yPlane;
    for (const end = at + bytes; at < end; at += 16) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at + yPlane));
      s2 = f32x4.add(s2, v128.load(at + two));
      s3 = f32x4.add(s3, v128.load(at + three));
    }
    v128.store(dBias + (first << 2), sum4(s0, s1, s2, s3));
  }
}
