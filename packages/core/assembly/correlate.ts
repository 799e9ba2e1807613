// sums[r][c] = Σ_runs Σ_q rows[r][q] · columns[c][q], for the weights' gradients: four rows and two columns at
// once. Even vectors of a run (0, 2, …) and odd ones have sums of their own, low and high, which are added at the
// end: in the wide build V8 joins them. Together they are too many for the 16 registers of the narrow build, which
// computes them one after the other (two rows and two columns at once: 20 GFLOP/s against 27). The bits are the same.
import { multiplyAdd, storeTile, sum1, sum4 } from './vector';
import { segmentAt, segmentCount, vectorCount } from './program';

/** Whether all runs have whole pairs of vectors. */
export function hasPairs(program: usize): bool {
  let all = 0;
  const segments = segmentCount(program);
  for (let s = 0; s < segments; s++) all |= vectorCount(segmentAt(program, s));
  return (all & 1) == 0;
}

/**
 * Writes a tile's sums, divided by `divisor`: that of row r and column c to `out + r · down + c · across`. The rows
 * begin `row1`, `row2`, `row3` bytes after the first, the second column `column1` bytes. `rowField` and
 * `columnField` say where a segment has their offsets. `sums`: 256 bytes of scratch.
 */
export function correlateTile(
  out: usize, down: usize, across: usize, rows: usize, row1: usize, row2: usize, row3: usize, rowField: usize,
  columns: usize, column1: usize, columnField: usize, program: usize, isWide: bool, divisor: f32, sums: usize,
): void {
  if (WIDE && isWide) {
    sumTogether(rows, row1, row2, row3, rowField, columns, column1, columnField, program, sums);
  } else {
    sumApart(rows, row1, row2, row3, rowField, columns, column1, columnField, program, sums);
  }
  const over = f32x4.splat(divisor);
  const left = sum4(bothAt(sums), bothAt(sums + 32), bothAt(sums + 64), bothAt(sums + 96));
  const right = sum4(bothAt(sums + 128), bothAt(sums + 160), bothAt(sums + 192), bothAt(sums + 224));
  storeTile(out, down, across, f32x4.div(left, over), f32x4.div(right, over));
}

// @ts-ignore: decorator
@inline
function bothAt(sums: usize): v128 {
  return f32x4.add(v128.load(sums), v128.load(sums, 16));
}

function sumTogether(
  rows: usize, row1: usize, row2: usize, row3: usize, rowField: usize, columns: usize, column1: usize,
  columnField: usize, program: usize, sums: usize,
): void {
  const zero = f32x4.splat(0), segments = segmentCount(program);
  let l00 = zero, h00 = zero, l01 = zero, h01 = zero, l10 = zero, h10 = zero, l11 = zero, h11 = zero;
  let l20 = zero, h20 = zero, l21 = zero, h21 = zero, l30 = zero, h30 = zero, l31 = zero, h31 = zero;
  for (let s = 0; s < segments; s++) {
    const segment = segmentAt(program, s);
    let row = rows + <usize>load<i32>(segment + rowField);
    let column = columns + <usize>load<i32>(segment + columnField);
    for (const end = row + (<usize>vectorCount(segment) << 4); row < end; row += 32) {
      const x0l = v128.load(column), x0h = v128.load(column, 16);
      const x1l = v128.load(column + column1), x1h = v128.load(column + column1, 16);
      let gl = v128.load(row), gh = v128.load(row, 16);
      l00 = multiplyAdd(l00, gl, x0l);
      h00 = multiplyAdd(h00, gh, x0h);
      l01 = multiplyAdd(l01, gl, x1l);
      h01 = multiplyAdd(h01, gh, x1h);
      gl = v128.load(row + row1);
      gh = v128.load(row + row1, 16);
      l10 = multiplyAdd(l10, gl, x0l);
      h10 = multiplyAdd(h10, gh, x0h);
      l11 = multiplyAdd(l11, gl, x1l);
      h11 = multiplyAdd(h11, gh, x1h);
      gl = v128.load(row + row2);
      gh = v128.load(row + row2, 16);
      l20 = multiplyAdd(l20, gl, x0l);
      h20 = multiplyAdd(h20, gh, x0h);
      l21 = multiplyAdd(l21, gl, x1l);
      h21 = multiplyAdd(h21, gh, x1h);
      gl = v128.load(row + row3);
      gh = v128.load(row + row3, 16);
      l30 = multiplyAdd(l30, gl, x0l);
      h30 = multiplyAdd(h30, gh, x0h);
      l31 = multiplyAdd(l31, gl, x1l);
      h31 = multiplyAdd(h31, gh, x1h);
      column += 32;
    }
  }
  // V8 begins to join at stores side by side, of one address and with offsets that it knows.
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

function sumApart(
  rows: usize, row1: usize, row2: usize, row3: usize, rowField: usize, columns: usize, column1: usize,
  columnField: usize, program: usize, sums: usize,
): void {
  const zero = f32x4.splat(0), segments = segmentCount(program);
  for (let start: usize = 0; start < 32; start += 16) {
    let s00 = zero, s01 = zero, s10 = zero, s11 = zero, s20 = zero, s21 = zero, s30 = zero, s31 = zero;
    for (let s = 0; s < segments; s++) {
      const segment = segmentAt(program, s), first = rows + <usize>load<i32>(segment + rowField);
      const end = first + (<usize>vectorCount(segment) << 4);
      let row = first + start, column = columns + <usize>load<i32>(segment + columnField) + start;
      for (; row < end; row += 32) {
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
    const at = sums + start;
    v128.store(at, s00);
    v128.store(at, s10, 32);
    v128.store(at, s20, 64);
    v128.store(at, s30, 96);
    v128.store(at, s01, 128);
    v128.store(at, s11, 160);
    v128.store(at, s21, 192);
    v128.store(at, s31, 224);
  }
}

/** A single sum, in the same order. */
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
