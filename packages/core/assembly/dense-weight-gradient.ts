// dWeights[o][i] = (Σ_n dY[o][n] · x[i][n]) / divisor, n running over every sample of the
// batch: rows of dY and x are `laneBytes` bytes long. In a tile, vectors 0, 2, 4 … of a row give low sums, the
// others high sums; both are added, then the four lanes. A single row of dY, or fewer than four of x, have one sum.
import { Bytes } from './units';
import { multiplyAdd, sum1, sum4 } from './vector';

/** Columns `from` to `to` of dWeights, all rows. `scratch` has 16 vectors. */
export function denseWeightGradient(
  dWeights: usize, dY: usize, x: usize, laneBytes: Bytes, outputs: i32, inputs: i32, from: i32,
  to: i32, divisor: f32, scratch: usize,
): void {
  const row = <usize>inputs << 2;
  if (outputs < 2 || to - from < 4) {
    for (let o: usize = 0; o < <usize>outputs; o++) {
      for (let i = <usize>from; i < <usize>to; i++) {
        const sum = multiplyRows(dY + o * laneBytes, x + i * laneBytes, laneBytes);
        store<f32>(dWeights + o * row + (i << 2), sum / divisor);
      }
    }
    return;
  }
  for (let i = from; i < to; i += 4) {
    const column = <usize>min(i, to - 4), source = x + column * laneBytes;
    for (let o = 0; o < outputs; o += 2) {
      const first = <usize>min(o, outputs - 2);
      sumTile(scratch, dY + first * laneBytes, source, laneBytes);
      storeSums(dWeights + first * row + (column << 2), row, scratch, divisor);
    }
  }
}

// The sums of two rows of dY and four of x: low and high side by side. Narrow kernels have registers for
// one of them at a time.
// @ts-ignore: decorator
@inline
function sumTile(sums: usize, g: usize, x: usize, laneBytes: usize): void {
  if (WIDE) {
    const pairs = laneBytes & ~31;
    sumProducts(sums, g, g + pairs, x, laneBytes);
    if (pairs < laneBytes) addProducts(sums, g + pairs, x + pairs, laneBytes);
  } else {
    const end = g + laneBytes;
    sumProducts(sums, g, end, x, laneBytes);
    sumProducts(sums + 16, g + 16, end, x + 16, laneBytes);
  }
}

// Every second vector, and in wide kernels the one after it. V8 joins loads that follow each other, and
// stores whose addresses differ by their constant offsets alone.
// @ts-ignore: decorator
@inline
function sumProducts(sums: usize, g: usize, end: usize, x0: usize, laneBytes: usize): void {
  const zero = f32x4.splat(0);
  let s00 = zero, s01 = zero, s02 = zero, s03 = zero, s10 = zero, s11 = zero, s12 = zero, s13 = zero;
  let h00 = zero, h01 = zero, h02 = zero, h03 = zero, h10 = zero, h11 = zero, h12 = zero, h13 = zero;
  let x2 = x0 + 2 * laneBytes;
  for (; g < end; g += 32) {
    const g0 = v128.load(g), g0High = loadHigh(g);
    const g1 = v128.load(g + laneBytes), g1High = loadHigh(g + laneBytes);
    let value = v128.load(x0), high = loadHigh(x0);
    s00 = multiplyAdd(s00, g0, value);
    s10 = multiplyAdd(s10, g1, value);
    h00 = multiplyAdd(h00, g0High, high);
    h10 = multiplyAdd(h10, g1High, high);
    value = v128.load(x0 + laneBytes);
    high = loadHigh(x0 + laneBytes);
    s01 = multiplyAdd(s01, g0, value);
    s11 = multiplyAdd(s11, g1, value);
    h01 = multiplyAdd(h01, g0High, high);
    h11 = multiplyAdd(h11, g1High, high);
    value = v128.load(x2);
    high = loadHigh(x2);
    s02 = multiplyAdd(s02, g0, value);
    s12 = multiplyAdd(s12, g1, value);
    h02 = multiplyAdd(h02, g0High, high);
    h12 = multiplyAdd(h12, g1High, high);
    value = v128.load(x2 + laneBytes);
    high = loadHigh(x2 + laneBytes);
    s03 = multiplyAdd(s03, g0, value);
    s13 = multiplyAdd(s13, g1, value);
    h03 = multiplyAdd(h03, g0High, high);
    h13 = multiplyAdd(h13, g1High, high);
    x0 += 32;
    x2 += 32;
  }
  if (WIDE) v128.store(sums, h00, 16);
  v128.store(sums, s00);
  if (WIDE) v128.store(sums, h01, 48);
  v128.store(sums, s01, 32);
  if (WIDE) v128.store(sums, h02, 80);
  v128.store(sums, s02, 64);
  if (WIDE) v128.store(sums, h03, 112);
  v128.store(sums, s03, 96);
  if (WIDE) v128.store(sums, h10, 144);
  v128.store(sums, s10, 128);
  if (WIDE) v128.store(sums, h11, 176);
  v128.store(sums, s11, 160);
  if (WIDE) v128.store(sums, h12, 208);
  v128.store(sums, s12, 192);
  if (WIDE) v128.store(sums, h13, 240);
  v128.store(sums, s13, 224);
}

// Narrow kernels do not use it.
// @ts-ignore: decorator
@inline
function loadHigh(at: usize): v128 {
  return WIDE ? v128.load(at, 16) : f32x4.splat(0);
}

// The last vector of a row that has an odd number of them.
function addProducts(sums: usize, g: usize, x: usize, laneBytes: usize): void {
  for (const end = sums + 256; sums < end; sums += 128) {
    const value = v128.load(g);
    for (let column: usize = 0; column < 4; column++) {
      const at = sums + (column << 5);
      v128.store(at, multiplyAdd(v128.load(at), value, v128.load(x + column * laneBytes)));
    }
    g += laneBytes;
  }
}

// @ts-ignore: decorator
@inline
function storeSums(to: usize, row: usize, sums: usize, divisor: f32): void {
  const over = f32x4.splat(divisor);
  v128.store(to, f32x4.div(sumFour(sums), over));
  v128.store(to + row, f32x4.div(sumFour(sums + 128), over));
}

// @ts-ignore: decorator
@inline
function sumFour(sums: usize): v128 {
  return sum4(sumPair(sums), sumPair(sums + 32), sumPair(sums + 64), sumPair(sums + 96));
}

// @ts-ignore: decorator
@inline
function sumPair(at: usize): v128 {
  return f32x4.add(v128.load(at), v128.load(at, 16));
}

function multiplyRows(dY: usize, x: usize, laneBytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (const end = dY + laneBytes; dY < end; dY += 16) {
    sum = multiplyAdd(sum, v128.load(dY), v128.load(x));
    x += 16;
  }
  return sum1(sum);
}
