// The weights' gradient of a 3 × 3 convolution by Winograd, the adjoint of F(4×4, 3×3) (winograd.ts):
// dg = Gᵀ [Σ_tiles (A dY Aᵀ) ⊙ (Bᵀ d B)] G, the sum over tiles and samples being 36 matrix products.
// V[36][b][tile][lane] is winogradInput's, W[36][a][tile][lane] the gradient's tiles, dU[36][a][b].
import { denseWeightGradient } from './dense-weight-gradient';
import { Bytes } from './units';
import { PLANES, inside, loadSecond, storeVectors, takesPairs, times } from './winograd';

// Row i of A x for four values.
// @ts-ignore: decorator
@inline
function gradientRow(i: i32, x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  if (i == 0) return x0;
  if (i == 1) return f32x4.add(f32x4.add(x0, x2), f32x4.add(x1, x3));
  if (i == 2) return f32x4.sub(f32x4.add(x0, x2), f32x4.add(x1, x3));
  if (i == 5) return x3;
  const far = f32x4.add(x0, times(x2, 4)), wide = f32x4.add(times(x1, 2), times(x3, 8));
  return i == 3 ? f32x4.add(far, wide) : f32x4.sub(far, wide);
}

// A x for four values at p0 to p3, of one or two vectors each.
// @ts-ignore: decorator
@inline
function transformGradient(
  out: usize, outStride: usize, vectors: i32, p0: usize, p1: usize, p2: usize, p3: usize,
): void {
  const x0 = v128.load(p0), h0 = loadSecond(p0, vectors), x1 = v128.load(p1), h1 = loadSecond(p1, vectors);
  const x2 = v128.load(p2), h2 = loadSecond(p2, vectors), x3 = v128.load(p3), h3 = loadSecond(p3, vectors);
  storeVectors(out, vectors, gradientRow(0, x0, x1, x2, x3), gradientRow(0, h0, h1, h2, h3));
  out += outStride;
  storeVectors(out, vectors, gradientRow(1, x0, x1, x2, x3), gradientRow(1, h0, h1, h2, h3));
  out += outStride;
  storeVectors(out, vectors, gradientRow(2, x0, x1, x2, x3), gradientRow(2, h0, h1, h2, h3));
  out += outStride;
  storeVectors(out, vectors, gradientRow(3, x0, x1, x2, x3), gradientRow(3, h0, h1, h2, h3));
  out += outStride;
  storeVectors(out, vectors, gradientRow(4, x0, x1, x2, x3), gradientRow(4, h0, h1, h2, h3));
  out += outStride;
  storeVectors(out, vectors, gradientRow(5, x0, x1, x2, x3), gradientRow(5, h0, h1, h2, h3));
}

/** W of `filters` maps of dY. `scratch` has 48 vectors. */
export function winogradGradient(
  W: usize, wPlane: Bytes, dY: usize, yPlane: Bytes, filters: i32, height: i32, width: i32,
  laneBytes: Bytes, scratch: usize,
): void {
  for (let f = 0; f < filters; f++) {
    for (let top = 0; top < height; top += 4) {
      for (let left = 0; left < width; left += 4) {
        if (takesPairs(laneBytes)) gradientTile(W, wPlane, dY, height, width, laneBytes, top, left, scratch, 2);
        else gradientTile(W, wPlane, dY, height, width, laneBytes, top, left, scratch, 1);
        W += laneBytes;
      }
    }
    dY += yPlane;
  }
}

// @ts-ignore: decorator
@inline
function gradientTile(
  W: usize, wPlane: usize, dY: usize, height: i32, width: i32, laneBytes: usize, top: i32, left: i32,
  scratch: usize, vectors: i32,
): void {
  const row = <usize>width * laneBytes, bytes = <usize>vectors << 4;
  for (let lane: usize = 0; lane < laneBytes; lane += bytes) {
    for (let column = 0; column < 4; column++) {
      const at = dY + <usize>(left + column) * laneBytes + lane;
      const rows = left + column < width ? height : 0;
      transformGradient(
        scratch + <usize>column * bytes, 4 * bytes, vectors, inside(at, row, top, rows),
        inside(at, row, top + 1, rows), inside(at, row, top + 2, rows), inside(at, row, top + 3, rows),
      );
    }
    let out = W + lane;
    for (let at = scratch; at < scratch + 24 * bytes; at += 4 * bytes) {
      transformGradient(out, wPlane, vectors, at, at + bytes, at + 2 * bytes, at + 3 * bytes);
      out += 6 * wPlane;
    }
  }
}

/** dU of `filters` rows of W; `rowBytes`: the tiles' lanes. `scratch` has 16 vectors. */
export function winogradWeightProducts(
  dU: usize, uPlane: Bytes, W: usize, wPlane: Bytes, V: usize, vPlane: Bytes, rowBytes: Bytes,
  filters: i32, channels: i32, scratch: usize,
): void {
  for (let plane = 0; plane < PLANES; plane++) {
    denseWeightGradient(dU, W, V, rowBytes, filters, channels, 0, channels, 1, scratch);
    dU += uPlane;
    W += wPlane;
    V += vPlane;
  }
}

// Gᵀ u for six values: three.
// @ts-ignore: decorator
@inline
function transformBack(
  out: usize, outStride: usize, u0: v128, u1: v128, u2: v128, u3: v128, u4: v128, u5: v128,
): void {
  const near = times(f32x4.add(u1, u2), -1.0 / 6.0), difference = times(f32x4.sub(u2, u1), 1.0 / 6.0);
  const far = f32x4.add(u3, u4), wide = times(f32x4.sub(u3, u4), 1.0 / 12.0);
  v128.store(out, f32x4.add(f32x4.add(times(u0, 0.25), near), times(far, 1.0 / 24.0)));
  v128.store(out + outStride, f32x4.add(difference, wide));
  v128.store(out + 2 * outStride, f32x4.add(f32x4.add(near, times(far, 1.0 / 6.0)), u5));
}

/** dWeights of `pairs` of a filter and a channel, at least 4, divided. `scratch` has 27 vectors. */
export function winogradWeightGradient(
  dWeights: usize, dU: usize, uPlane: Bytes, pairs: i32, divisor: f32, scratch: usize,
): void {
  const over = f32x4.splat(divisor), tile = scratch + 288, down = 6 * uPlane;
  for (let pair = 0; pair < pairs; pair += 4) {
    const first = <usize>min(pair, pairs - 4);
    let at = dU + (first << 2);
    for (let column = scratch; column < scratch + 96; column += 16) {
      transformBack(
        column, 96, v128.load(at), v128.load(at + down), v128.load(at + 2 * down),
        v128.load(at + 3 * down), v128.load(at + 4 * down), v128.load(at + 5 * down),
      );
      at += uPlane;
    }
    let to = tile;
    for (let row = scratch; row < tile; row += 96) {
      transformBack(
        to, 16, v128.load(row), v128.load(row, 16), v128.load(row, 32), v128.load(row, 48),
        v128.load(row, 64), v128.load(row, 80),
      );
      to += 48;
    }
    let out = dWeights + first * 36;
    for (let tap = tile; tap < tile + 144; tap += 16) {
      const value = f32x4.div(v128.load(tap), over);
      v128.store_lane<f32>(out, value, 0);
      v128.store_lane<f32>(out, value, 1, 36);
      v128.store_lane<f32>(out, value, 2, 72);
      v128.store_lane<f32>(out, value, 3, 108);
      out += 4;
    }
  }
}
