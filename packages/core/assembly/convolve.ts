// out[a][q] = bias[a] + Σ_b Σ_taps weights[a][b][tap] · source[b][q + tap], then ReLU where asked.
// Serves the forward pass (a: filters, b: input channels) and the input gradient (a: input channels,
// b: filters): only strides and window program differ.
import { Bytes, Optional } from './units';
import { multiplyAdd } from './vector';
import {
  outputOffset, segmentAt, segmentCount, sourceOffset, tapsEnd, tapsOf, vectorCount,
} from './program';

/** `bias` 0 means none: address 0 holds zeros. The weights' strides are from a to a and from b to b. */
export function convolve(
  out: usize, outPlane: Bytes, source: usize, sourcePlane: Bytes, weights: usize,
  weightOutStride: Bytes, weightSourceStride: Bytes, bias: Optional, outChannels: i32,
  sourceChannels: i32, program: usize, relu: i32,
): void {
  const biasStep: usize = bias ? 4 : 0;
  const low: f32 = relu ? 0 : -Infinity;
  const segments = segmentCount(program);
  for (let a = 0; a < outChannels;) {
    // The last three channels take a tile of four, which overlaps the tile before.
    if (outChannels - a == 3 && a > 0) a--;
    const left = outChannels - a, tile = left >= 4 ? 4 : left >= 2 ? 2 : 1, first = <usize>a;
    const row = weights + first * weightOutStride, b = bias + first * biasStep;
    for (let s = 0; s < segments; s++) {
      const segment = segmentAt(program, s), vectors = vectorCount(segment);
      const taps = tapsOf(program, segment), end = tapsEnd(program, segment);
      const to = out + first * outPlane + outputOffset(segment), from = source + sourceOffset(segment);
      if (tile == 4) {
        convolve4(
          to, outPlane, from, sourcePlane, row, weightOutStride, weightSourceStride, b, biasStep,
          sourceChannels, taps, end, vectors, low,
        );
      } else if (tile == 2) {
        convolve2(
          to, outPlane, from, sourcePlane, row, weightOutStride, weightSourceStride, b, biasStep,
          sourceChannels, taps, end, vectors, low,
        );
      } else {
        convolve1(to, from, sourcePlane, row, weightSourceStride, b, sourceChannels, taps, end, vectors, low);
      }
    }
    a += tile;
  }
}

// A run of four channels: tiles of 4 channels × 4 vectors where V8 joins them, × 2, and × 1 at the end of an odd run.
function convolve4(
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
  const floor = f32x4.splat(low);
  const b0 = v128.load_splat<f32>(bias), b1 = v128.load_splat<f32>(bias + biasStep);
  const b2 = v128.load_splat<f32>(bias + 2 * biasStep), b3 = v128.load_splat<f32>(bias + 3 * biasStep);
  for (const end = source + (<usize>vectors << 4); source < end; source += 64) {
    let s00 = b0, s01 = b0, s02 = b0, s03 = b0, s10 = b1, s11 = b1, s12 = b1, s13 = b1;
    let s20 = b2, s21 = b2, s22 = b2, s23 = b2, s30 = b3, s31 = b3, s32 = b3, s33 = b3;
    let channel = source, filter = weights;
    for (let b = 0; b < sourceChannels; b++) {
      for (let tap = taps; tap < tapEnd; tap += 8) {
        const position = channel + <usize>load<i32>(tap);
        let w = filter + <usize>load<i32>(tap, 4);
        const x0 = v128.load(position), x1 = v128.load(position, 16);
        const x2 = v128.load(position, 32), x3 = v128.load(position, 48);
        let k = v128.load_splat<f32>(w);
        s00 = multiplyAdd(s00, k, x0);
        s01 = multiplyAdd(s01, k, x1);
        s02 = multiplyAdd(s02, k, x2);
        s03 = multiplyAdd(s03, k, x3);
        w += weightOutStride;
        k = v128.load_splat<f32>(w);
        s10 = multiplyAdd(s10, k, x0);
        s11 = multiplyAdd(s11, k, x1);
        s12 = multiplyAdd(s12, k, x2);
        s13 = multiplyAdd(s13, k, x3);
        w += weightOutStride;
        k = v128.load_splat<f32>(w);
        s20 = multiplyAdd(s20, k, x0);
        s21 = multiplyAdd(s21, k, x1);
        s22 = multiplyAdd(s22, k, x2);
        s23 = multiplyAdd(s23, k, x3);
        w += weightOutStride;
        k = v128.load_splat<f32>(w);
        s30 = multiplyAdd(s30, k, x0);
        s31 = multiplyAdd(s31, k, x1);
        s32 = multiplyAdd(s32, k, x2);
        s33 = multiplyAdd(s33, k, x3);
      }
      channel += sourcePlane;
      filter += weightSourceStride;
    }
    storeFour(out, s00, s01, s02, s03, floor);
    storeFour(out + outPlane, s10, s11, s12, s13, floor);
    storeFour(out + 2 * outPlane, s20, s21, s22, s23, floor);
    storeFour(out + 3 * outPlane, s30, s31, s32, s33, floor);
    out += 64;
  }
}

// @ts-ignore: decorator
@inline
function storeFour(out: usize, s0: v128, s1: v128, s2: v128, s3: v128, floor: v128): void {
  v128.store(out, f32x4.pmax(s0, floor));
  v128.store(out, f32x4.pmax(s1, floor), 16);
  v128.store(out, f32x4.pmax(s2, floor), 32);
  v128.store(out, f32x4.pmax(s3, floor), 48);
}

function convolve42(
  out: usize, outPlane: usize, source: usize, sourcePlane: usize,
  weights: usize, weightOutStride: usize, weightSourceStride: usize, bias: usize, biasStep: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, vectors: i32, low: f32,
): void {
  const floor = f32x4.splat(low);
  const b0 = v128.load_splat<f32>(bias), b1 = v128.load_splat<f32>(bias + biasStep);
  const b2 = v128.load_splat<f32>(bias + 2 * biasStep), b3 = v128.load_splat<f32>(bias + 3 * biasStep);
  for (const end = source + (<usize>vectors << 4); source < end; source += 32) {
    let s00 = b0, s01 = b0, s10 = b1, s11 = b1, s20 = b2, s21 = b2, s30 = b3, s31 = b3;
    let channel = source, filter = weights;
    for (let b = 0; b < sourceChannels; b++) {
      for (let tap = taps; tap < tapEnd; tap += 8) {
        const position = channel + <usize>load<i32>(tap);
        let w = filter + <usize>load<i32>(tap, 4);
        const x0 = v128.load(position), x1 = v128.load(position, 16);
        let k = v128.load_splat<f32>(w);
        s00 = multiplyAdd(s00, k, x0);
        s01 = multiplyAdd(s01, k, x1);
        w += weightOutStride;
        k = v128.load_splat<f32>(w);
        s10 = multiplyAdd(s10, k, x0);
        s11 = multiplyAdd(s11, k, x1);
        w += weightOutStride;
        k = v128.load_splat<f32>(w);
        s20 = multiplyAdd(s20, k, x0);
        s21 = multiplyAdd(s21, k, x1);
        w += weightOutStride;
        k = v128.load_splat<f32>(w);
        s30 = multiplyAdd(s30, k, x0);
        s31 = multiplyAdd(s31, k, x1);
      }
      channel += sourcePlane;
      filter += weightSourceStride;
    }
    storeTwo(out, s00, s01, floor);
    storeTwo(out + outPlane, s10, s11, floor);
    storeTwo(out + 2 * outPlane, s20, s21, floor);
    storeTwo(out + 3 * outPlane, s30, s31, floor);
    out += 32;
  }
}

// @ts-ignore: decorator
@inline
function storeTwo(out: usize, s0: v128, s1: v128, floor: v128): void {
  v128.store(out, f32x4.pmax(s0, floor));
  v128.store(out, f32x4.pmax(s1, floor), 16);
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
function convolve2(
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
    let row = out + at;
    v128.store(row, f32x4.pmax(s00, floor));
    v128.store(row, f32x4.pmax(s01, floor), 16);
    v128.store(row, f32x4.pmax(s02, floor), 32);
    v128.store(row, f32x4.pmax(s03, floor), 48);
    row += outPlane;
    v128.store(row, f32x4.pmax(s10, floor));
    v128.store(row, f32x4.pmax(s11, floor), 16);
    v128.store(row, f32x4.pmax(s12, floor), 32);
    v128.store(row, f32x4.pmax(s13, floor), 48);
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

function convolve1(
  out: usize, source: usize, sourcePlane: usize, weights: usize, weightSourceStride: usize, bias: usize,
  sourceChannels: i32, taps: usize, tapEnd: usize, vectors: i32, low: f32,
): void {
  const floor = f32x4.splat(low);
  for (let v = 0; v < vectors; v++) {
    const at = <usize>v << 4;
    let sum = v128.load_splat<f32>(bias), channel = source + at, filter = weights;
    for (let b = 0; b < sourceChannels; b++) {
      for (let tap = taps; tap < tapEnd; tap += 8) {
        const k = v128.load_splat<f32>(filter + <usize>load<i32>(tap, 4));
        sum = multiplyAdd(sum, k, v128.load(channel + <usize>load<i32>(tap)));
      }
      channel += sourcePlane;
      filter += weightSourceStride;
    }
    v128.store(out + at, f32x4.pmax(sum, floor));
  }
}
