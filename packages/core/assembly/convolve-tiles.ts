// The tiles of `convolve`: a run of vectors of four, two or one channel of the output.
import { multiplyAdd } from './vector';

// A run of four channels: tiles of 4 channels × 4 vectors where V8 joins them, × 2, and × 1 at the end of an odd run.
export function convolve4(
  out: usize, outPlane: usize, source: usize, sourcePlane: usize,
  weights: usize, weightOutStride: usize, weightSourceStride: usize, bias: usize, biasStep: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, vectors: i32, low: f32,
): void {
  const fours = WIDE ? vectors & ~3 : 0;
  if (fours) {
    convolve44(
      out, outPlane, source, sourcePlane, weights, weightOutStride, weightSourceStride, bias, biasStep,
      sourceChannels, taps, tapEnd, fours, low,
    );
    out += <usize>fours << 4;
    source += <usize>fours << 4;
  }
  const rest = vectors - fours, twos = rest & ~1;
  if (twos) {
    convolve42(
      out, outPlane, source, sourcePlane, weights, weightOutStride, weightSourceStride, bias, biasStep,
      sourceChannels, taps, tapEnd, twos, low,
    );
    out += <usize>twos << 4;
    source += <usize>twos << 4;
  }
  if (rest & 1) {
    convolve41(
      out, outPlane, source, sourcePlane, weights, weightOutStride, weightSourceStride, bias, biasStep,
      sourceChannels, taps, tapEnd, low,
    );
  }
}

function convolve44(
  out: usize, outPlane: usize, source: usize, sourcePlane: usize,
  weights: usize, weightOutStride: usize, weightSourceStride: usize, bias: usize, biasStep: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, vectors: i32, low: f32,
): void {
  tilesOfFour(
    out, outPlane, source, sourcePlane, weights, weightOutStride, weightSourceStride, bias, biasStep,
    sourceChannels, taps, tapEnd, vectors, low, 4,
  );
}

function convolve42(
  out: usize, outPlane: usize, source: usize, sourcePlane: usize,
  weights: usize, weightOutStride: usize, weightSourceStride: usize, bias: usize, biasStep: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, vectors: i32, low: f32,
): void {
  tilesOfFour(
    out, outPlane, source, sourcePlane, weights, weightOutStride, weightSourceStride, bias, biasStep,
    sourceChannels, taps, tapEnd, vectors, low, 2,
  );
}

// Tiles of four channels × `width` vectors, four or two: a constant where this is inlined, so that only the tile's own
// sums are left.
// @ts-ignore: decorator
@inline
function tilesOfFour(
  out: usize, outPlane: usize, source: usize, sourcePlane: usize,
  weights: usize, weightOutStride: usize, weightSourceStride: usize, bias: usize, biasStep: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, vectors: i32, low: f32, width: i32,
): void {
  const floor = f32x4.splat(low), step = <usize>width << 4;
  const b0 = v128.load_splat<f32>(bias), b1 = v128.load_splat<f32>(bias + biasStep);
  const b2 = v128.load_splat<f32>(bias + 2 * biasStep), b3 = v128.load_splat<f32>(bias + 3 * biasStep);
  for (const end = source + (<usize>vectors << 4); source < end; source += step) {
    let s00 = b0, s01 = b0, s02 = b0, s03 = b0, s10 = b1, s11 = b1, s12 = b1, s13 = b1;
    let s20 = b2, s21 = b2, s22 = b2, s23 = b2, s30 = b3, s31 = b3, s32 = b3, s33 = b3;
    let channel = source, filter = weights;
    for (let b = 0; b < sourceChannels; b++) {
      for (let tap = taps; tap < tapEnd; tap += 8) {
        const position = channel + <usize>load<i32>(tap);
        let w = filter + <usize>load<i32>(tap, 4);
        const x0 = v128.load(position), x1 = v128.load(position, 16);
        const x2 = width == 4 ? v128.load(position, 32) : x0, x3 = width == 4 ? v128.load(position, 48) : x0;
        let k = v128.load_splat<f32>(w);
        s00 = multiplyAdd(s00, k, x0);
        s01 = multiplyAdd(s01, k, x1);
        if (width == 4) {
          s02 = multiplyAdd(s02, k, x2);
          s03 = multiplyAdd(s03, k, x3);
        }
        w += weightOutStride;
        k = v128.load_splat<f32>(w);
        s10 = multiplyAdd(s10, k, x0);
        s11 = multiplyAdd(s11, k, x1);
        if (width == 4) {
          s12 = multiplyAdd(s12, k, x2);
          s13 = multiplyAdd(s13, k, x3);
        }
        w += weightOutStride;
        k = v128.load_splat<f32>(w);
        s20 = multiplyAdd(s20, k, x0);
        s21 = multiplyAdd(s21, k, x1);
        if (width == 4) {
          s22 = multiplyAdd(s22, k, x2);
          s23 = multiplyAdd(s23, k, x3);
        }
        w += weightOutStride;
        k = v128.load_splat<f32>(w);
        s30 = multiplyAdd(s30, k, x0);
        s31 = multiplyAdd(s31, k, x1);
        if (width == 4) {
          s32 = multiplyAdd(s32, k, x2);
          s33 = multiplyAdd(s33, k, x3);
        }
      }
      channel += sourcePlane;
      filter += weightSourceStride;
    }
    storeRow(out, s00, s01, s02, s03, floor, width);
    storeRow(out + outPlane, s10, s11, s12, s13, floor, width);
    storeRow(out + 2 * outPlane, s20, s21, s22, s23, floor, width);
    storeRow(out + 3 * outPlane, s30, s31, s32, s33, floor, width);
    out += step;
  }
}

// A tile's row of four or two vectors.
// @ts-ignore: decorator
@inline
function storeRow(out: usize, s0: v128, s1: v128, s2: v128, s3: v128, floor: v128, width: i32): void {
  v128.store(out, f32x4.pmax(s0, floor));
  v128.store(out, f32x4.pmax(s1, floor), 16);
  if (width == 4) {
    v128.store(out, f32x4.pmax(s2, floor), 32);
    v128.store(out, f32x4.pmax(s3, floor), 48);
  }
}

function convolve41(
  out: usize, outPlane: usize, source: usize, sourcePlane: usize,
  weights: usize, weightOutStride: usize, weightSourceStride: usize, bias: usize, biasStep: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, low: f32,
): void {
  const floor = f32x4.splat(low);
  let s0 = v128.load_splat<f32>(bias), s1 = v128.load_splat<f32>(bias + biasStep);
  let s2 = v128.load_splat<f32>(bias + 2 * biasStep), s3 = v128.load_splat<f32>(bias + 3 * biasStep);
  for (let b = 0; b < sourceChannels; b++) {
    for (let tap = taps; tap < tapEnd; tap += 8) {
      const x = v128.load(source + <usize>load<i32>(tap));
      let w = weights + <usize>load<i32>(tap, 4);
      s0 = multiplyAdd(s0, v128.load_splat<f32>(w), x);
      w += weightOutStride;
      s1 = multiplyAdd(s1, v128.load_splat<f32>(w), x);
      w += weightOutStride;
      s2 = multiplyAdd(s2, v128.load_splat<f32>(w), x);
      w += weightOutStride;
      s3 = multiplyAdd(s3, v128.load_splat<f32>(w), x);
    }
    source += sourcePlane;
    weights += weightSourceStride;
  }
  v128.store(out, f32x4.pmax(s0, floor));
  v128.store(out + outPlane, f32x4.pmax(s1, floor));
  v128.store(out + 2 * outPlane, f32x4.pmax(s2, floor));
  v128.store(out + 3 * outPlane, f32x4.pmax(s3, floor));
}

// A run of two channels: tiles of 2 channels × 4 vectors, and × 1 at the end.
export function convolve2(
  out: usize, outPlane: usize, source: usize, sourcePlane: usize,
  weights: usize, weightOutStride: usize, weightSourceStride: usize, bias: usize, biasStep: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, vectors: i32, low: f32,
): void {
  const floor = f32x4.splat(low);
  const b0 = v128.load_splat<f32>(bias), b1 = v128.load_splat<f32>(bias + biasStep);
  let v = 0;
  for (; v + 3 < vectors; v += 4) {
    const at = <usize>v << 4;
    let s00 = b0, s01 = b0, s02 = b0, s03 = b0, s10 = b1, s11 = b1, s12 = b1, s13 = b1;
    let channel = source + at, filter = weights;
    for (let b = 0; b < sourceChannels; b++) {
      for (let tap = taps; tap < tapEnd; tap += 8) {
        const position = channel + <usize>load<i32>(tap), w = filter + <usize>load<i32>(tap, 4);
        const k0 = v128.load_splat<f32>(w), k1 = v128.load_splat<f32>(w + weightOutStride);
        let x = v128.load(position);
        s00 = multiplyAdd(s00, k0, x);
        s10 = multiplyAdd(s10, k1, x);
        x = v128.load(position, 16);
        s01 = multiplyAdd(s01, k0, x);
        s11 = multiplyAdd(s11, k1, x);
        x = v128.load(position, 32);
        s02 = multiplyAdd(s02, k0, x);
        s12 = multiplyAdd(s12, k1, x);
        x = v128.load(position, 48);
        s03 = multiplyAdd(s03, k0, x);
        s13 = multiplyAdd(s13, k1, x);
      }
      channel += sourcePlane;
      filter += weightSourceStride;
    }
    storeRow(out + at, s00, s01, s02, s03, floor, 4);
    storeRow(out + at + outPlane, s10, s11, s12, s13, floor, 4);
  }
  for (; v < vectors; v++) {
    const at = <usize>v << 4;
    let s0 = b0, s1 = b1, channel = source + at, filter = weights;
    for (let b = 0; b < sourceChannels; b++) {
      for (let tap = taps; tap < tapEnd; tap += 8) {
        const x = v128.load(channel + <usize>load<i32>(tap)), w = filter + <usize>load<i32>(tap, 4);
        s0 = multiplyAdd(s0, v128.load_splat<f32>(w), x);
        s1 = multiplyAdd(s1, v128.load_splat<f32>(w + weightOutStride), x);
      }
      channel += sourcePlane;
      filter += weightSourceStride;
    }
    v128.store(out + at, f32x4.pmax(s0, floor));
    v128.store(out + at + outPlane, f32x4.pmax(s1, floor));
  }
}

// A run of one channel: four vectors at a time, since a single sum would wait for each addition.
export function convolve1(
  out: usize, source: usize, sourcePlane: usize, weights: usize, weightSourceStride: usize, bias: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, vectors: i32, low: f32,
): void {
  const fours = source + (<usize>(vectors & ~3) << 4), end = source + (<usize>vectors << 4);
  for (; source < fours; source += 64) {
    convolve14(out, source, sourcePlane, weights, weightSourceStride, bias, sourceChannels, taps, tapEnd, low);
    out += 64;
  }
  for (; source < end; source += 16) {
    convolve11(out, source, sourcePlane, weights, weightSourceStride, bias, sourceChannels, taps, tapEnd, low);
    out += 16;
  }
}

function convolve14(
  out: usize, source: usize, sourcePlane: usize, weights: usize, weightSourceStride: usize, bias: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, low: f32,
): void {
  const floor = f32x4.splat(low);
  let s0 = v128.load_splat<f32>(bias), s1 = s0, s2 = s0, s3 = s0;
  for (let b = 0; b < sourceChannels; b++) {
    for (let tap = taps; tap < tapEnd; tap += 8) {
      const position = source + <usize>load<i32>(tap);
      const k = v128.load_splat<f32>(weights + <usize>load<i32>(tap, 4));
      s0 = multiplyAdd(s0, k, v128.load(position));
      s1 = multiplyAdd(s1, k, v128.load(position, 16));
      s2 = multiplyAdd(s2, k, v128.load(position, 32));
      s3 = multiplyAdd(s3, k, v128.load(position, 48));
    }
    source += sourcePlane;
    weights += weightSourceStride;
  }
  storeRow(out, s0, s1, s2, s3, floor, 4);
}

function convolve11(
  out: usize, source: usize, sourcePlane: usize, weights: usize, weightSourceStride: usize, bias: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, low: f32,
): void {
  let sum = v128.load_splat<f32>(bias);
  for (let b = 0; b < sourceChannels; b++) {
    for (let tap = taps; tap < tapEnd; tap += 8) {
      const k = v128.load_splat<f32>(weights + <usize>load<i32>(tap, 4));
      sum = multiplyAdd(sum, k, v128.load(source + <usize>load<i32>(tap)));
    }
    source += sourcePlane;
    weights += weightSourceStride;
  }
  v128.store(out, f32x4.pmax(sum, f32x4.splat(low)));
}
