// The input's transform of winograd.ts, Bᵀ d B.
import { Bytes } from './units';
import { four, loadSecond, maskInside, storeVectors, two, unitBytes } from './winograd-vectors';

// Bᵀ x for six values of one or two vectors x and h, at p0 to p5. They are loaded before any is stored, the second
// vector at the first's address and stored before it: so V8 joins the two.
// @ts-ignore: decorator
@inline
function transformInput(
  out: usize, outStride: usize, vectors: i32, p0: usize, p1: usize, p2: usize, p3: usize, p4: usize, p5: usize,
): void {
  const x0 = v128.load(p0), h0 = loadSecond(p0, vectors), x1 = v128.load(p1), h1 = loadSecond(p1, vectors);
  const x2 = v128.load(p2), h2 = loadSecond(p2, vectors), x3 = v128.load(p3), h3 = loadSecond(p3, vectors);
  const x4 = v128.load(p4), h4 = loadSecond(p4, vectors), x5 = v128.load(p5), h5 = loadSecond(p5, vectors);
  const even = f32x4.sub(x4, four(x2)), evenH = f32x4.sub(h4, four(h2));
  const odd = f32x4.sub(x3, four(x1)), oddH = f32x4.sub(h3, four(h1));
  const far = f32x4.sub(x4, x2), farH = f32x4.sub(h4, h2);
  const twice = two(f32x4.sub(x3, x1)), twiceH = two(f32x4.sub(h3, h1));
  storeVectors(
    out, vectors, f32x4.add(four(f32x4.sub(x0, x2)), far), f32x4.add(four(f32x4.sub(h0, h2)), farH),
  );
  out += outStride;
  storeVectors(out, vectors, f32x4.add(even, odd), f32x4.add(evenH, oddH));
  out += outStride;
  storeVectors(out, vectors, f32x4.sub(even, odd), f32x4.sub(evenH, oddH));
  out += outStride;
  storeVectors(out, vectors, f32x4.add(far, twice), f32x4.add(farH, twiceH));
  out += outStride;
  storeVectors(out, vectors, f32x4.sub(far, twice), f32x4.sub(farH, twiceH));
  out += outStride;
  storeVectors(
    out, vectors, f32x4.sub(f32x4.sub(x5, x3), two(twice)), f32x4.sub(f32x4.sub(h5, h3), two(twiceH)),
  );
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
  const unit = unitBytes(laneBytes);
  for (let c = 0; c < channels; c++) {
    for (let r = 0; r < tileRows; r++) {
      const top = (firstRow + r) * step - paddingAbove;
      for (let t = 0; t < tileColumns; t++) {
        const left = t * step - paddingBefore;
        if (WIDE && unit == 32) {
          inputTile(V, vPlane, x, height, width, laneBytes, top, left, scratch, unit, 2);
        } else inputTile(V, vPlane, x, height, width, laneBytes, top, left, scratch, unit, 1);
        V += laneBytes;
      }
    }
    x += xPlane;
  }
}

// `unit` is `vectors` times 16, which the compiler must not know: between addresses that differ by a constant,
// V8 does not see which are neighbours.
// @ts-ignore: decorator
@inline
function inputTile(
  V: usize, vPlane: usize, x: usize, height: i32, width: i32, laneBytes: usize, top: i32, left: i32,
  scratch: usize, unit: usize, vectors: i32,
): void {
  const row = <usize>width * laneBytes, scratchRow = 6 * unit, scratchEnd = scratch + 6 * scratchRow;
  const m0 = maskInside(top, height), m1 = maskInside(top + 1, height), m2 = maskInside(top + 2, height);
  const m3 = maskInside(top + 3, height), m4 = maskInside(top + 4, height), m5 = maskInside(top + 5, height);
  for (let lane: usize = 0; lane < laneBytes; lane += unit) {
    let x0 = x + <usize>top * row + <usize>left * laneBytes + lane, to = scratch;
    for (let column = left; column < left + 6; column++) {
      const inside = maskInside(column, width);
      const x1 = x0 + row, x2 = x1 + row, x3 = x2 + row, x4 = x3 + row, x5 = x4 + row;
      transformInput(
        to, scratchRow, vectors, x0 & m0 & inside, x1 & m1 & inside, x2 & m2 & inside, x3 & m3 & inside,
        x4 & m4 & inside, x5 & m5 & inside,
      );
      x0 += laneBytes;
      to += unit;
    }
    let out = V + lane;
    for (let x0 = scratch; x0 < scratchEnd; x0 += scratchRow) {
      const x1 = x0 + unit, x2 = x1 + unit, x3 = x2 + unit, x4 = x3 + unit, x5 = x4 + unit;
      transformInput(out, vPlane, vectors, x0, x1, x2, x3, x4, x5);
      out += 6 * vPlane;
    }
  }
}
