// Convolutions with stride 1 by Winograd's F(4×4, 3×3) and F(2×2, 5×5): Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A
// for tiles of 6 × 6 inputs, 36 products instead of 144 and 100 (Lavin and Gray, Fast Algorithms
// for Convolutional Neural Networks, arXiv:1509.09308). Both take the points 0, ±1, ±2 and infinity,
// and so the same Bᵀ. The products, summed over channels, are 36 matrix products. Values lie by their
// place in the tile: U[36][a][b], V[36][b][tile][lane], M[36][a][tile][lane]. The planes may be
// further apart than they are long, so that a tile's values in all planes do not fall into a few sets of
// a cache.
import { dense } from './dense';
import { Bytes, Optional } from './units';
import { gather } from './vector';

export const PLANES: i32 = 36;

// @ts-ignore: decorator
@inline
export function times(x: v128, factor: f32): v128 {
  return f32x4.mul(x, f32x4.splat(factor));
}

// G x for three values; the six go `outStride` bytes apart.
// @ts-ignore: decorator
@inline
function transformThree(out: usize, outStride: usize, x0: v128, x1: v128, x2: v128): void {
  const outer = f32x4.add(x0, x2);
  const sixth = times(f32x4.add(outer, x1), -1.0 / 6.0), other = times(f32x4.sub(outer, x1), -1.0 / 6.0);
  const near = f32x4.add(times(x0, 1.0 / 24.0), times(x2, 1.0 / 6.0)), middle = times(x1, 1.0 / 12.0);
  v128.store(out, times(x0, 0.25));
  v128.store(out + outStride, sixth);
  v128.store(out + 2 * outStride, other);
  v128.store(out + 3 * outStride, f32x4.add(near, middle));
  v128.store(out + 4 * outStride, f32x4.sub(near, middle));
  v128.store(out + 5 * outStride, x2);
}

// G x for five values.
// @ts-ignore: decorator
@inline
function transformFive(
  out: usize, outStride: usize, x0: v128, x1: v128, x2: v128, x3: v128, x4: v128,
): void {
  const even = f32x4.add(f32x4.add(x0, x2), x4), odd = f32x4.add(x1, x3);
  const far = f32x4.add(f32x4.add(x0, times(x2, 4)), times(x4, 16));
  const wide = f32x4.add(times(x1, 2), times(x3, 8));
  v128.store(out, times(x0, 0.25));
  v128.store(out + outStride, times(f32x4.add(even, odd), -1.0 / 6.0));
  v128.store(out + 2 * outStride, times(f32x4.sub(even, odd), -1.0 / 6.0));
  v128.store(out + 3 * outStride, times(f32x4.add(far, wide), 1.0 / 24.0));
  v128.store(out + 4 * outStride, times(f32x4.sub(far, wide), 1.0 / 24.0));
  v128.store(out + 5 * outStride, x4);
}

/**
 * U of rows `from` to `to` of `outChannels`, for kernels of `kernelSize` 3 or 5. `turned`: by half a
 * turn, as the input gradient needs it. `scratch` has 30 vectors; `sourceChannels` is at least 4.
 */
export function winogradWeights(
  U: usize, uPlane: Bytes, weights: usize, weightOutStride: Bytes, weightSourceStride: Bytes,
  outChannels: i32, sourceChannels: i32, kernelSize: i32, from: i32, to: i32, turned: i32,
  scratch: usize,
): void {
  const step: usize = turned ? -4 : 4, taps = <usize>kernelSize;
  const start = turned ? (taps * taps - 1) << 2 : 0, down = taps * step, row = taps << 4;
  for (let a = <usize>from; a < <usize>to; a++) {
    for (let b = 0; b < sourceChannels; b += 4) {
      const first = <usize>min(b, sourceChannels - 4);
      let at = weights + a * weightOutStride + first * weightSourceStride + start;
      for (let column = scratch; column < scratch + row; column += 16) {
        const x0 = gather(at, weightSourceStride), x1 = gather(at + down, weightSourceStride);
        const x2 = gather(at + 2 * down, weightSourceStride);
        if (kernelSize == 3) transformThree(column, row, x0, x1, x2);
        else {
          const x3 = gather(at + 3 * down, weightSourceStride), x4 = gather(at + 4 * down, weightSourceStride);
          transformFive(column, row, x0, x1, x2, x3, x4);
        }
        at += step;
      }
      let out = U + ((a * <usize>sourceChannels + first) << 2);
      for (let x = scratch; x < scratch + 6 * row; x += row) {
        const x0 = v128.load(x), x1 = v128.load(x, 16), x2 = v128.load(x, 32);
        if (kernelSize == 3) transformThree(out, uPlane, x0, x1, x2);
        else transformFive(out, uPlane, x0, x1, x2, v128.load(x, 48), v128.load(x, 64));
        out += 6 * uPlane;
      }
    }
  }
}

// Bᵀ x for six values.
// @ts-ignore: decorator
@inline
function transformInput(
  out: usize, outStride: usize, x0: v128, x1: v128, x2: v128, x3: v128, x4: v128, x5: v128,
): void {
  const even = f32x4.sub(x4, times(x2, 4)), odd = f32x4.sub(x3, times(x1, 4));
  const far = f32x4.sub(x4, x2), twice = times(f32x4.sub(x3, x1), 2);
  v128.store(out, f32x4.add(f32x4.sub(times(x0, 4), times(x2, 5)), x4));
  v128.store(out + outStride, f32x4.add(even, odd));
  v128.store(out + 2 * outStride, f32x4.sub(even, odd));
  v128.store(out + 3 * outStride, f32x4.add(far, twice));
  v128.store(out + 4 * outStride, f32x4.sub(far, twice));
  v128.store(out + 5 * outStride, f32x4.add(f32x4.sub(times(x1, 4), times(x3, 5)), x5));
}

/**
 * V of `tileRows` rows of tiles from `firstRow` on, `step` positions apart, of a map padded with
 * zeros by `paddingAbove` rows and `paddingBefore` columns, followed by as many as the last tiles need.
 * `scratch` has 36 vectors.
 */
export function winogradInput(
  V: usize, vPlane: Bytes, x: usize, xPlane: Bytes, channels: i32, height: i32, width: i32,
  laneBytes: Bytes, paddingAbove: i32, paddingBefore: i32, step: i32, firstRow: i32, tileRows: i32,
  tileColumns: i32, scratch: usize,
): void {
  const row = <usize>width * laneBytes;
  for (let c = 0; c < channels; c++) {
    for (let r = 0; r < tileRows; r++) {
      const top = (firstRow + r) * step - paddingAbove;
      for (let t = 0; t < tileColumns; t++) {
        const left = t * step - paddingBefore;
        for (let lane: usize = 0; lane < laneBytes; lane += 16) {
          for (let column = 0; column < 6; column++) {
            const at = left + column, inside = at >= 0 && at < width;
            const source = x + <usize>at * laneBytes + lane;
            transformInput(
              scratch + (<usize>column << 4), 96,
              loadInside(source, row, top, inside ? height : 0),
              loadInside(source, row, top + 1, inside ? height : 0),
              loadInside(source, row, top + 2, inside ? height : 0),
              loadInside(source, row, top + 3, inside ? height : 0),
              loadInside(source, row, top + 4, inside ? height : 0),
              loadInside(source, row, top + 5, inside ? height : 0),
            );
          }
          let out = V + lane;
          for (let at = scratch; at < scratch + 576; at += 96) {
            transformInput(
              out, vPlane, v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at, 48),
              v128.load(at, 64), v128.load(at, 80),
            );
            out += 6 * vPlane;
          }
        }
        V += laneBytes;
      }
    }
    x += xPlane;
  }
}

// Address 0 holds zeros.
// @ts-ignore: decorator
@inline
export function loadInside(source: usize, row: usize, index: i32, height: i32): v128 {
  return v128.load(<u32>index < <u32>height ? source + <usize>index * row : 0);
}

/** M = U V for each place of the tile; `rowBytes` of V and M: the tiles' lanes. */
export function winogradProducts(
  M: usize, mPlane: Bytes, V: usize, vPlane: Bytes, U: usize, uPlane: Bytes, outChannels: i32,
  sourceChannels: i32, rowBytes: Bytes,
): void {
  for (let plane = 0; plane < PLANES; plane++) {
    dense(M, V, U, 0, outChannels, sourceChannels, rowBytes, 0);
    M += mPlane;
    V += vPlane;
    U += uPlane;
  }
}

// Aᵀ x for six values: four, or two where `step` is 2.
// @ts-ignore: decorator
@inline
function transformOutput(
  out: usize, outStride: usize, step: i32, x0: v128, x1: v128, x2: v128, x3: v128, x4: v128, x5: v128,
): void {
  const near = f32x4.add(x1, x2), difference = f32x4.sub(x1, x2);
  const far = f32x4.add(x3, x4), wide = f32x4.sub(x3, x4);
  v128.store(out, f32x4.add(f32x4.add(x0, near), far));
  if (step == 2) {
    v128.store(out + outStride, f32x4.add(f32x4.add(difference, times(wide, 2)), x5));
    return;
  }
  v128.store(out + outStride, f32x4.add(difference, times(wide, 2)));
  v128.store(out + 2 * outStride, f32x4.add(near, times(far, 4)));
  v128.store(out + 3 * outStride, f32x4.add(f32x4.add(difference, times(wide, 8)), x5));
}

/**
 * The maps' `tileRows` rows of tiles from `firstRow` on, `step` 4 or 2 positions wide, with bias and
 * ReLU where asked. `bias` 0 means none. `scratch` has 28 vectors.
 */
export function winogradOutput(
  out: usize, outPlane: Bytes, M: usize, mPlane: Bytes, bias: Optional, filters: i32, height: i32,
  width: i32, laneBytes: Bytes, step: i32, firstRow: i32, tileRows: i32, tileColumns: i32,
  relu: i32, scratch: usize,
): void {
  const row = <usize>width * laneBytes, biasStep: usize = bias ? 4 : 0, tile = scratch + 384;
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  for (let f = 0; f < filters; f++) {
    const b = v128.load_splat<f32>(bias);
    for (let r = 0; r < tileRows; r++) {
      const top = (firstRow + r) * step, rows = <usize>min(step, height - top);
      for (let t = 0; t < tileColumns; t++) {
        const columns = <usize>min(step, width - t * step);
        for (let lane: usize = 0; lane < laneBytes; lane += 16) {
          for (let column: usize = 0; column < 6; column++) {
            const at = M + lane + column * mPlane, down = 6 * mPlane;
            transformOutput(
              scratch + (column << 4), 96, step, v128.load(at), v128.load(at + down),
              v128.load(at + 2 * down), v128.load(at + 3 * down), v128.load(at + 4 * down),
              v128.load(at + 5 * down),
            );
          }
          let to = out + <usize>top * row + <usize>(t * step) * laneBytes + lane;
          for (let i: usize = 0; i < rows; i++) {
            const at = scratch + i * 96;
            transformOutput(
              tile, 16, step, v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at, 48),
              v128.load(at, 64), v128.load(at, 80),
            );
            for (let j: usize = 0; j < columns; j++) {
              const sum = f32x4.add(v128.load(tile + (j << 4)), b);
              v128.store(to + j * laneBytes, f32x4.pmax(sum, floor));
            }
            to += row;
          }
        }
        M += laneBytes;
      }
    }
    out += outPlane;
    bias += biasStep;
  }
}
