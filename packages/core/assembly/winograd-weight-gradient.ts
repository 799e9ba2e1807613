// The weights' gradient of a 3 × 3 convolution by Winograd, the adjoint of F(4×4, 3×3) (winograd.ts):
// dg = Gᵀ [Σ_tiles (A dY Aᵀ) ⊙ (Bᵀ d B)] G, the sum over tiles and samples being 36 matrix products.
// V[36][b][tile][lane] is winogradInput's, W[36][a][tile][lane] the gradient's tiles, dU[36][a][b].
import { denseWeightGradient } from './dense-weight-gradient';
import { Bytes } from './units';
import { PLANES, loadInside, times } from './winograd';

// A x for four values.
// @ts-ignore: decorator
@inline
function transformGradient(
  out: usize, outStride: usize, x0: v128, x1: v128, x2: v128, x3: v128,
): void {
  const even = f32x4.add(x0, x2), odd = f32x4.add(x1, x3);
  const far = f32x4.add(x0, times(x2, 4)), wide = f32x4.add(times(x1, 2), times(x3, 8));
  v128.store(out, x0);
  v128.store(out + outStride, f32x4.add(even, odd));
  v128.store(out + 2 * outStride, f32x4.sub(even, odd));
  v128.store(out + 3 * outStride, f32x4.add(far, wide));
  v128.store(out + 4 * outStride, f32x4.sub(far, wide));
  v128.store(out + 5 * outStride, x3);
}

/** W of `filters` maps of dY. `scratch` has 24 vectors. */
export function winogradGradient(
  W: usize, wPlane: Bytes, dY: usize, yPlane: Bytes, filters: i32, height: i32, width: i32,
  laneBytes: Bytes, scratch: usize,
): void {
  const row = <usize>width * laneBytes;
  for (let f = 0; f < filters; f++) {
    for (let top = 0; top < height; top += 4) {
      for (let left = 0; left < width; left += 4) {
        for (let lane: usize = 0; lane < laneBytes; lane += 16) {
          for (let column = 0; column < 4; column++) {
            const at = dY + <usize>(left + column) * laneBytes + lane;
            const rows = left + column < width ? height : 0;
            transformGradient(
              scratch + (<usize>column << 4), 64, loadInside(at, row, top, rows),
              loadInside(at, row, top + 1, rows), loadInside(at, row, top + 2, rows),
              loadInside(at, row, top + 3, rows),
            );
          }
          let out = W + lane;
          for (let at = scratch; at < scratch + 384; at += 64) {
            transformGradient(
              out, wPlane, v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at, 48),
            );
            out += 6 * wPlane;
          }
        }
        W += laneBytes;
      }
    }
    dY += yPlane;
  }
}

/** dU of `filters` rows of W; `rowBytes`: the tiles' lanes. */
export function winogradWeightProducts(
  dU: usize, uPlane: Bytes, W: usize, wPlane: Bytes, V: usize, vPlane: Bytes, rowBytes: Bytes,
  filters: i32, channels: i32,
): void {
  for (let plane = 0; plane < PLANES; plane++) {
    denseWeightGradient(dU, W, V, rowBytes, filters, channels, 0, channels, 1);
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
