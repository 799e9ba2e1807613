// sums[r][c] = Σ_runs Σ_q rows[r][q] · columns[c][q], for the weights' gradients: four rows and two columns at
// once. Even vectors of a run (0, 2, …) and odd ones have sums of their own, low and high, which are added at the
// end: V8 joins the two into one of 256 bits where the build is wide. The narrow build makes them one after the
// other, since both are too many for 16 registers; the bits are the same.
import { multiplyAdd, storeTile, sum1, sum4 } from './vector';
import { segmentAt, segmentCount, vectorCount } from './program';

/** Bytes of the sums of a tile: low and high, of eight. */
export const SUMS: usize = 256;

/** Vectors of a row. */
const BLOCK = 192;

/** Whether all runs have whole pairs of vectors. */
export function hasPairs(program: usize): bool {
  let all = 0;
  const segments = segmentCount(program);
  for (let s = 0; s < segments; s++) all |= vectorCount(segmentAt(program, s));
  return (all & 1) == 0;
}

/**
 * Writes a tile's sums, divided by `divisor`: row r and column c to `out + r · down + c · across`. Rows begin
 * `row1`, `row2`, `row3` bytes after the first, the second column `column1` bytes. `rowField` and `columnField`
 * say where in a segment their offsets stand.
 */
export function correlateTile(
  out: usize, down: usize, across: usize, rows: usize, row1: usize, row2: usize, row3: usize, rowField: usize,
  columns: usize, column1: usize, columnField: usize, program: usize, isWide: bool, divisor: f32, sums: usize,
): void {
  if (WIDE && isWide) {
    correlatePairs(rows, row1, row2, row3, rowField, columns, column1, columnField, program, sums);
  } else {
    memory.fill(sums, 0, SUMS);
    const segments = segmentCount(program);
    for (let first = 0; first < segments;) {
      const end = blockEnd(program, first, segments);
      addEvery2nd(rows, row1, row2, row3, rowField, columns, column1, columnField, program, first, end, 0, sums);
      addEvery2nd(rows, row1, row2, row3, rowField, columns, column1, columnField, program, first, end, 16, sums);
      first = end;
    }
  }
  const over = f32x4.splat(divisor);
  storeTile(
    out, down, across,
    f32x4.div(sum4(pairAt(sums), pairAt(sums + 32), pairAt(sums + 64), pairAt(sums + 96)), over),
    f32x4.div(sum4(pairAt(sums + 128), pairAt(sums + 160), pairAt(sums + 192), pairAt(sums + 224)), over),
  );
}

// Segments whose rows and columns still lie in the first-level cache when the odd vectors follow the even ones.
function blockEnd(program: usize, first: i32, segments: i32): i32 {
  let vectors = 0;
  while (first < segments && vectors < BLOCK) vectors += vectorCount(segmentAt(program, first++));
  return first;
}

// @ts-ignore: decorator
@inline
function pairAt(sums: usize): v128 {
  return f32x4.add(v128.load(sums), v128.load(sums, 16));
}

function correlatePairs(
  rows: usize, row1: usize, row2: usize, row3: usize, rowField: usize, columns: usize, column1: usize,
  columnField: usize, program: usize, sums: usize,
): void {
  const zero = f32x4.splat(0);
  let l00 = zero, h00 = zero, l01 = zero, h01 = zero, l10 = zero, h10 = zero, l11 = zero, h11 = zero;
  let l20 = zero, h20 = zero, l21 = zero, h21 = zero, l30 = zero, h30 = zero, l31 = zero, h31 = zero;
  const segments = segmentCount(program);
  for (let s = 0; s < segments; s++) {
    const segment = segmentAt(program, s);
    let row = rows + <usize>load<i32>(segment + rowField);
    let column = columns + <usize>load<i32>(segment + columnField);
    for (const end = row + (<usize>vectorCount(segment) << 4); row < end; row += 32) {
      const xl0 = v128.load(column), xh0 = v128.load(column, 16);
      const xl1 = v128.load(column + column1), xh1 = v128.load(column + column1, 16);
      let gl = v128.load(row), gh = v128.load(row, 16);
      l00 = multiplyAdd(l00, gl, xl0);
      h00 = multiplyAdd(h00, gh, xh0);
      l01 = multiplyAdd(l01, gl, xl1);
      h01 = multiplyAdd(h01, gh, xh1);
      gl = v128.load(row + row1);
      gh = v128.load(row + row1, 16);
      l10 = multiplyAdd(l10, gl, xl0);
      h10 = multiplyAdd(h10, gh, xh0);
      l11 = multiplyAdd(l11, gl, xl1);
      h11 = multiplyAdd(h11, gh, xh1);
      gl = v128.load(row + row2);
      gh = v128.load(row + row2, 16);
      l20 = multiplyAdd(l20, gl, xl0);
      h20 = multiplyAdd(h20, gh, xh0);
      l21 = multiplyAdd(l21, gl, xl1);
      h21 = multiplyAdd(h21, gh, xh1);
      gl = v128.load(row + row3);
      gh = v128.load(row + row3, 16);
      l30 = multiplyAdd(l30, gl, xl0);
      h30 = multiplyAdd(h30, gh, xh0);
      l31 = multiplyAdd(l31, gl, xl1);
      h31 = multiplyAdd(h31, gh, xh1);
      column += 32;
    }
  }
  v128.store(sums, l00);
  v128.store(sums, h00, 16);
  v128.store(sums, l10, 32);
  v128.store(sums, h10, 48);
  v128.store(sums, l20, 64);
  v128.store(sums, h20, 80);
  v128.store(sums, l30, 96);
  v128.store(sums, h30, 112);
  v128.store(sums, l01, 128);
  v128.store(sums, h01, 144);
  v128.store(sums, l11, 160);
  v128.store(sums, h11, 176);
  v128.store(sums, l21, 192);
  v128.store(sums, h21, 208);
  v128.store(sums, l31, 224);
  v128.store(sums, h31, 240);
}

// Adds to the low sums where `start` is 0, to the high ones where it is 16.
function addEvery2nd(
  rows: usize, row1: usize, row2: usize, row3: usize, rowField: usize, columns: usize, column1: usize,
  columnField: usize, program: usize, first: i32, last: i32, start: usize, sums: usize,
): void {
  sums += start;
  let s00 = v128.load(sums), s10 = v128.load(sums, 32), s20 = v128.load(sums, 64), s30 = v128.load(sums, 96);
  let s01 = v128.load(sums, 128), s11 = v128.load(sums, 160), s21 = v128.load(sums, 192);
  let s31 = v128.load(sums, 224);
  rows += start;
  columns += start;
  for (let s = first; s < last; s++) {
    const segment = segmentAt(program, s);
    let row = rows + <usize>load<i32>(segment + rowField);
    let column = columns + <usize>load<i32>(segment + columnField);
    for (const end = row - start + (<usize>vectorCount(segment) << 4); row < end; row += 32) {
      const x0 = v128.load(column), x1 = v128.load(column + column1);
      let g = v128.load(row);
      s00 = multiplyAdd(s00, g, x0);
      s01 = multiplyAdd(s01, g, x1);
      g = v128.load(row + row1);
      s10 = multiplyAdd(s10, g, x0);
      s11 = multiplyAdd(s11, g, x1);
      g = v128.load(row + row2);
      s20 = multiplyAdd(s20, g, x0);
      s21 = multiplyAdd(s21, g, x1);
      g = v128.load(row + row3);
      s30 = multiplyAdd(s30, g, x0);
      s31 = multiplyAdd(s31, g, x1);
      column += 32;
    }
  }
  v128.store(sums, s00);
  v128.store(sums, s10, 32);
  v128.store(sums, s20, 64);
  v128.store(sums, s30, 96);
  v128.store(sums, s01, 128);
  v128.store(sums, s11, 160);
  v128.store(sums, s21, 192);
  v128.store(sums, s31, 224);
}

/** One sum, in the same order. */
export function correlate1(
  rows: usize, rowField: usize, columns: usize, columnField: usize, program: usize,
): f32 {
  let low = f32x4.splat(0), high = low;
  const segments = segmentCount(program);
  for (let s = 0; s < segments; s++) {
    const segment = segmentAt(program, s);
    let row = rows + <usize>load<i32>(segment + rowField);
    let column = columns + <usize>load<i32>(segment + columnField);
    const end = row + (<usize>vectorCount(segment) << 4);
    for (; row + 16 < end; row += 32) {
      low = multiplyAdd(low, v128.load(row), v128.load(column));
      high = multiplyAdd(high, v128.load(row, 16), v128.load(column, 16));
      column += 32;
    }
    if (row < end) low = multiplyAdd(low, v128.load(row), v128.load(column));
  }
  return sum1(f32x4.add(low, high));
}
