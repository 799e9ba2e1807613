// The output's transform of winograd.ts, Aᵀ m A.
import { Bytes, Optional } from './units';
import { four, loadSecond, storeVectors, two, unitBytes } from './winograd-vectors';

// Aᵀ x for six values of one or two vectors x and h, `stride` bytes apart: four, or two where `step` is 2.
// @ts-ignore: decorator
@inline
function transformOutput(
  out: usize, outStride: usize, step: i32, vectors: i32, p0: usize, stride: usize,
): void {
  const p1 = p0 + stride, p2 = p1 + stride, p3 = p2 + stride, p4 = p3 + stride, p5 = p4 + stride;
  const x0 = v128.load(p0), h0 = loadSecond(p0, vectors), x1 = v128.load(p1), h1 = loadSecond(p1, vectors);
  const x2 = v128.load(p2), h2 = loadSecond(p2, vectors), x3 = v128.load(p3), h3 = loadSecond(p3, vectors);
  const x4 = v128.load(p4), h4 = loadSecond(p4, vectors), x5 = v128.load(p5), h5 = loadSecond(p5, vectors);
  const near = f32x4.add(x1, x2), nearH = f32x4.add(h1, h2);
  const far = f32x4.add(x3, x4), farH = f32x4.add(h3, h4);
  const difference = f32x4.sub(x1, x2), differenceH = f32x4.sub(h1, h2);
  const wide = two(f32x4.sub(x3, x4)), wideH = two(f32x4.sub(h3, h4));
  const second = f32x4.add(difference, wide), secondH = f32x4.add(differenceH, wideH);
  storeVectors(out, vectors, f32x4.add(f32x4.add(x0, near), far), f32x4.add(f32x4.add(h0, nearH), farH));
  out += outStride;
  if (step == 2) {
    storeVectors(out, vectors, f32x4.add(second, x5), f32x4.add(secondH, h5));
    return;
  }
  storeVectors(out, vectors, second, secondH);
  out += outStride;
  storeVectors(out, vectors, f32x4.add(near, four(far)), f32x4.add(nearH, four(farH)));
  out += outStride;
  storeVectors(
    out, vectors, f32x4.add(f32x4.add(difference, four(wide)), x5),
    f32x4.add(f32x4.add(differenceH, four(wideH)), h5),
  );
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
  const unit = unitBytes(laneBytes), row = <usize>width * laneBytes;
  for (let f = 0; f < filters; f++) {
    for (let r = 0; r < tileRows; r++) {
      const top = (firstRow + r) * step, rows = <usize>min(step, height - top);
      for (let t = 0; t < tileColumns; t++) {
        const left = t * step, columns = <usize>min(step, width - left);
        const to = out + <usize>top * row + <usize>left * laneBytes;
        if (WIDE && unit == 32) {
          outputTile(to, row, laneBytes, rows, columns, M, mPlane, bias, low, step, scratch, unit, 2);
        } else outputTile(to, row, laneBytes, rows, columns, M, mPlane, bias, low, step, scratch, unit, 1);
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
  out: usize, row: usize, laneBytes: usize, rows: usize, columns: usize, M: usize, mPlane: usize, bias: usize,
  low: f32, step: i32, scratch: usize, unit: usize, vectors: i32,
): void {
  if (step == 2) {
    outputTileOf(out, row, laneBytes, rows, columns, M, mPlane, bias, low, 2, scratch, unit, vectors);
  } else outputTileOf(out, row, laneBytes, rows, columns, M, mPlane, bias, low, 4, scratch, unit, vectors);
}

// @ts-ignore: decorator
@inline
function outputTileOf(
  out: usize, row: usize, laneBytes: usize, rows: usize, columns: usize, M: usize, mPlane: usize, bias: usize,
  low: f32, step: i32, scratch: usize, unit: usize, vectors: i32,
): void {
  const scratchRow = 6 * unit, tile = scratch + 4 * scratchRow;
  const b = v128.load_splat<f32>(bias), floor = f32x4.splat(low);
  for (let lane: usize = 0; lane < laneBytes; lane += unit) {
    let at = M + lane, to = scratch;
    for (let column = 0; column < 6; column++) {
      transformOutput(to, scratchRow, step, vectors, at, 6 * mPlane);
      at += mPlane;
      to += unit;
    }
    let y = out + lane;
    for (let i: usize = 0; i < rows; i++) {
      transformOutput(tile, unit, step, vectors, scratch + i * scratchRow, unit);
      for (let j: usize = 0; j < columns; j++) {
        const at = tile + j * unit, x = v128.load(at), h = loadSecond(at, vectors);
        storeVectors(
          y + j * laneBytes, vectors, f32x4.pmax(f32x4.add(x, b), floor), f32x4.pmax(f32x4.add(h, b), floor),
        );
      }
      y += row;
    }
  }
}
