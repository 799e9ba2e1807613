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

// Row i of Bᵀ x for six values.
// @ts-ignore: decorator
@inline
function inputRow(i: i32, x0: v128, x1: v128, x2: v128, x3: v128, x4: v128, x5: v128): v128 {
  if (i == 0) return f32x4.add(f32x4.sub(times(x0, 4), times(x2, 5)), x4);
  if (i == 1) return f32x4.add(f32x4.sub(x4, times(x2, 4)), f32x4.sub(x3, times(x1, 4)));
  if (i == 2) return f32x4.sub(f32x4.sub(x4, times(x2, 4)), f32x4.sub(x3, times(x1, 4)));
  if (i == 3) return f32x4.add(f32x4.sub(x4, x2), times(f32x4.sub(x3, x1), 2));
  if (i == 4) return f32x4.sub(f32x4.sub(x4, x2), times(f32x4.sub(x3, x1), 2));
  return f32x4.add(f32x4.sub(times(x1, 4), times(x3, 5)), x5);
}

// Bᵀ x for six values at p0 to p5, of one or two vectors each.
// @ts-ignore: decorator
@inline
function transformInput(
  out: usize, outStride: usize, vectors: i32, p0: usize, p1: usize, p2: usize, p3: usize, p4: usize, p5: usize,
): void {
  const x0 = v128.load(p0), h0 = loadSecond(p0, vectors), x1 = v128.load(p1), h1 = loadSecond(p1, vectors);
  const x2 = v128.load(p2), h2 = loadSecond(p2, vectors), x3 = v128.load(p3), h3 = loadSecond(p3, vectors);
  const x4 = v128.load(p4), h4 = loadSecond(p4, vectors), x5 = v128.load(p5), h5 = loadSecond(p5, vectors);
  storeVectors(out, vectors, inputRow(0, x0, x1, x2, x3, x4, x5), inputRow(0, h0, h1, h2, h3, h4, h5));
  out += outStride;
  storeVectors(out, vectors, inputRow(1, x0, x1, x2, x3, x4, x5), inputRow(1, h0, h1, h2, h3, h4, h5));
  out += outStride;
  storeVectors(out, vectors, inputRow(2, x0, x1, x2, x3, x4, x5), inputRow(2, h0, h1, h2, h3, h4, h5));
  out += outStride;
  storeVectors(out, vectors, inputRow(3, x0, x1, x2, x3, x4, x5), inputRow(3, h0, h1, h2, h3, h4, h5));
  out += outStride;
  storeVectors(out, vectors, inputRow(4, x0, x1, x2, x3, x4, x5), inputRow(4, h0, h1, h2, h3, h4, h5));
  out += outStride;
  storeVectors(out, vectors, inputRow(5, x0, x1, x2, x3, x4, x5), inputRow(5, h0, h1, h2, h3, h4, h5));
}

// @ts-ignore: decorator
@inline
export function loadSecond(at: usize, vectors: i32): v128 {
  return vectors == 2 ? v128.load(at, 16) : f32x4.splat(0);
}

// @ts-ignore: decorator
@inline
export function storeVectors(at: usize, vectors: i32, first: v128, second: v128): void {
  if (vectors == 2) v128.store(at, second, 16);
  v128.store(at, first);
}

/**
 * V of `tileRows` rows of tiles from `firstRow` on, `step` positions apart, of a map padded with
 * zeros by `paddingAbove` rows and `paddingBefore` columns, followed by as many as the last tiles need.
 * `scratch` has 72 vectors.
 */
export function winogradInput(
  V: usize, vPlane: Bytes, x: usize, xPlane: Bytes, channels: i32, height: i32, width: i32,
  laneBytes: Bytes, paddingAbove: i32, paddingBefore: i32, step: i32, firstRow: i32, tileRows: i32,
  tileColumns: i32, scratch: usize,
): void {
  for (let c = 0; c < channels; c++) {
    for (let r = 0; r < tileRows; r++) {
      const top = (firstRow + r) * step - paddingAbove;
      for (let t = 0; t < tileColumns; t++) {
        const left = t * step - paddingBefore;
        if (takesPairs(laneBytes)) inputTile(V, vPlane, x, height, width, laneBytes, top, left, scratch, 2);
        else inputTile(V, vPlane, x, height, width, laneBytes, top, left, scratch, 1);
        V += laneBytes;
      }
    }
    x += xPlane;
  }
}

// Whether a tile is transformed two vectors at a time.
// @ts-ignore: decorator
@inline
export function takesPairs(laneBytes: usize): bool {
  return WIDE && (laneBytes & 31) == 0;
}

// @ts-ignore: decorator
@inline
function inputTile(
  V: usize, vPlane: usize, x: usize, height: i32, width: i32, laneBytes: usize, top: i32, left: i32,
  scratch: usize, vectors: i32,
): void {
  const row = <usize>width * laneBytes, bytes = <usize>vectors << 4;
  for (let lane: usize = 0; lane < laneBytes; lane += bytes) {
    for (let column = 0; column < 6; column++) {
      const at = left + column, rows = at >= 0 && at < width ? height : 0;
      const source = x + <usize>at * laneBytes + lane;
      transformInput(
        scratch + <usize>column * bytes, 6 * bytes, vectors,
        inside(source, row, top, rows), inside(source, row, top + 1, rows),
        inside(source, row, top + 2, rows), inside(source, row, top + 3, rows),
        inside(source, row, top + 4, rows), inside(source, row, top + 5, rows),
      );
    }
    let out = V + lane;
    for (let at = scratch; at < scratch + 36 * bytes; at += 6 * bytes) {
      transformInput(
        out, vPlane, vectors, at, at + bytes, at + 2 * bytes, at + 3 * bytes, at + 4 * bytes, at + 5 * bytes,
      );
      out += 6 * vPlane;
    }
  }
}

// Where row `index` of a map is; outside, address 0, which holds zeros.
// @ts-ignore: decorator
@inline
export function inside(source: usize, row: usize, index: i32, height: i32): usize {
  return <u32>index < <u32>height ? source + <usize>index * row : 0;
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

// Row i of Aᵀ x for six values, of two where `step` is 2, else of four.
// @ts-ignore: decorator
@inline
function outputRow(
  i: i32, step: i32, x0: v128, x1: v128, x2: v128, x3: v128, x4: v128, x5: v128,
): v128 {
  if (i == 0) return f32x4.add(f32x4.add(x0, f32x4.add(x1, x2)), f32x4.add(x3, x4));
  if (i == 2) return f32x4.add(f32x4.add(x1, x2), times(f32x4.add(x3, x4), 4));
  const factor: f32 = i == 1 ? 2 : 8;
  const sum = f32x4.add(f32x4.sub(x1, x2), times(f32x4.sub(x3, x4), factor));
  return i == step - 1 ? f32x4.add(sum, x5) : sum;
}

// Aᵀ x for six values at p0 to p5, of one or two vectors each.
// @ts-ignore: decorator
@inline
function transformOutput(
  out: usize, outStride: usize, step: i32, vectors: i32, p0: usize, p1: usize, p2: usize, p3: usize, p4: usize, p5: usize,
): void {
  const x0 = v128.load(p0), h0 = loadSecond(p0, vectors), x1 = v128.load(p1), h1 = loadSecond(p1, vectors);
  const x2 = v128.load(p2), h2 = loadSecond(p2, vectors), x3 = v128.load(p3), h3 = loadSecond(p3, vectors);
  const x4 = v128.load(p4), h4 = loadSecond(p4, vectors), x5 = v128.load(p5), h5 = loadSecond(p5, vectors);
  storeVectors(out, vectors, outputRow(0, step, x0, x1, x2, x3, x4, x5), outputRow(0, step, h0, h1, h2, h3, h4, h5));
  out += outStride;
  storeVectors(out, vectors, outputRow(1, step, x0, x1, x2, x3, x4, x5), outputRow(1, step, h0, h1, h2, h3, h4, h5));
  if (step == 2) return;
  out += outStride;
  storeVectors(out, vectors, outputRow(2, step, x0, x1, x2, x3, x4, x5), outputRow(2, step, h0, h1, h2, h3, h4, h5));
  out += outStride;
  storeVectors(out, vectors, outputRow(3, step, x0, x1, x2, x3, x4, x5), outputRow(3, step, h0, h1, h2, h3, h4, h5));
}

/**
 * The maps' `tileRows` rows of tiles from `firstRow` on, `step` 4 or 2 positions wide, with bias and
 * ReLU where asked. `bias` 0 means none. `scratch` has 56 vectors.
 */
export function winogradOutput(
  out: usize, outPlane: Bytes, M: usize, mPlane: Bytes, bias: Optional, filters: i32, height: i32,
  width: i32, laneBytes: Bytes, step: i32, firstRow: i32, tileRows: i32, tileColumns: i32,
  relu: i32, scratch: usize,
): void {
  const biasStep: usize = bias ? 4 : 0, low: f32 = relu ? 0 : -Infinity;
  for (let f = 0; f < filters; f++) {
    for (let r = 0; r < tileRows; r++) {
      const top = (firstRow + r) * step;
      for (let t = 0; t < tileColumns; t++) {
        if (takesPairs(laneBytes)) outputTile(out, M, mPlane, bias, height, width, laneBytes, step, top, t * step, low, scratch, 2);
        else outputTile(out, M, mPlane, bias, height, width, laneBytes, step, top, t * step, low, scratch, 1);
        M += laneBytes;
      }
    }
    out += outPlane;
    bias += biasStep;
  }
}

// @ts-ignore: decorator
@inline
function outputTile(
  out: usize, M: usize, mPlane: usize, bias: usize, height: i32, width: i32, laneBytes: usize, step: i32,
  top: i32, left: i32, low: f32, scratch: usize, vectors: i32,
): void {
  if (step == 2) outputTileOf(out, M, mPlane, bias, height, width, laneBytes, 2, top, left, low, scratch, vectors);
  else outputTileOf(out, M, mPlane, bias, height, width, laneBytes, 4, top, left, low, scratch, vectors);
}

// @ts-ignore: decorator
@inline
function outputTileOf(
  out: usize, M: usize, mPlane: usize, bias: usize, height: i32, width: i32, laneBytes: usize, step: i32,
  top: i32, left: i32, low: f32, scratch: usize, vectors: i32,
): void {
  const row = <usize>width * laneBytes, bytes = <usize>vectors << 4, tile = scratch + 24 * bytes, down = 6 * mPlane;
  const rows = <usize>min(step, height - top), columns = <usize>min(step, width - left);
  const b = v128.load_splat<f32>(bias), floor = f32x4.splat(low);
  for (let lane: usize = 0; lane < laneBytes; lane += bytes) {
    for (let column: usize = 0; column < 6; column++) {
      const at = M + lane + column * mPlane;
      transformOutput(
        scratch + column * bytes, 6 * bytes, step, vectors, at, at + down, at + 2 * down,
        at + 3 * down, at + 4 * down, at + 5 * down,
      );
    }
    let to = out + <usize>top * row + <usize>left * laneBytes + lane;
    for (let i: usize = 0; i < rows; i++) {
      const at = scratch + i * 6 * bytes;
      transformOutput(
        tile, bytes, step, vectors, at, at + bytes, at + 2 * bytes, at + 3 * bytes, at + 4 * bytes, at + 5 * bytes,
      );
      for (let j: usize = 0; j < columns; j++) {
        const at = tile + j * bytes;
        const x = v128.load(at), h = loadSecond(at, vectors);
        storeVectors(
          to + j * laneBytes, vectors, f32x4.pmax(f32x4.add(x, b), floor), f32x4.pmax(f32x4.add(h, b), floor),
        );
      }
      to += row;
    }
  }
}
