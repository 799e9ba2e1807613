// y[o][n] = bias[o] + Σ_i weights[o][i] · x[i][n];  dX[i][n] = Σ_o weights[o][i] · dY[o][n]
// Rows of x and y are `laneBytes` bytes long: the samples of a shard.
import { Bytes, Optional } from './units';
import { multiplyAdd } from './vector';

/** Row o of weights is `inputs` floats. `bias` 0 means none. */
export function dense(
  y: usize, x: usize, weights: usize, bias: Optional, outputs: i32, inputs: i32, laneBytes: Bytes,
  relu: i32,
): void {
  const row = <usize>inputs << 2, biasStep: usize = bias ? 4 : 0, low: f32 = relu ? 0 : -Infinity;
  if (outputs < 4 || laneBytes == 16) {
    narrowRows(y, x, weights, bias, biasStep, outputs, row, laneBytes, low);
    return;
  }
  for (let o = 0; o < outputs; o += 4) {
    const first = <usize>min(o, outputs - 4), b = bias + first * biasStep;
    const out = y + first * laneBytes, w = weights + first * row;
    let at: usize = 0;
    if (WIDE) {
      for (; at + 64 <= laneBytes; at += 64) {
        rowsOfFour(out + at, x + at, w, b, biasStep, row, laneBytes, low);
      }
    }
    for (; at < laneBytes; at += 32) {
      const column = min(at, laneBytes - 32);
      rowsOfTwo(out + column, x + column, w, b, biasStep, row, laneBytes, low);
    }
  }
}

function narrowRows(
  y: usize, x: usize, weights: usize, bias: usize, biasStep: usize, outputs: i32, row: usize,
  laneBytes: usize, low: f32,
): void {
  const floor = f32x4.splat(low);
  for (let o: usize = 0; o < <usize>outputs; o++) {
    for (let at: usize = 0; at < laneBytes; at += 16) {
      let sum = v128.load_splat<f32>(bias + o * biasStep), source = x + at;
      let weight = weights + o * row;
      for (const end = weight + row; weight < end; weight += 4) {
        sum = multiplyAdd(sum, v128.load_splat<f32>(weight), v128.load(source));
        source += laneBytes;
      }
      v128.store(y + o * laneBytes + at, f32x4.pmax(sum, floor));
    }
  }
}

function rowsOfFour(
  y: usize, x: usize, weights: usize, bias: usize, biasStep: usize, row: usize, laneBytes: usize, low: f32,
): void {
  tile(y, x, weights, bias, biasStep, row, laneBytes, low, 4);
}

function rowsOfTwo(
  y: usize, x: usize, weights: usize, bias: usize, biasStep: usize, row: usize, laneBytes: usize, low: f32,
): void {
  tile(y, x, weights, bias, biasStep, row, laneBytes, low, 2);
}

// A tile of four rows of y and two or four vectors.
// @ts-ignore: decorator
@inline
function tile(
  y: usize, x: usize, w0: usize, b: usize, biasStep: usize, row: usize, laneBytes: usize, low: f32, vectors: i32,
): void {
  const floor = f32x4.splat(low);
  let s00 = v128.load_splat<f32>(b), s01 = s00, s02 = s00, s03 = s00;
  let s10 = v128.load_splat<f32>(b + biasStep), s11 = s10, s12 = s10, s13 = s10;
  let s20 = v128.load_splat<f32>(b + 2 * biasStep), s21 = s20, s22 = s20, s23 = s20;
  let s30 = v128.load_splat<f32>(b + 3 * biasStep), s31 = s30, s32 = s30, s33 = s30;
  let w1 = w0 + row, w2 = w1 + row, w3 = w2 + row;
  for (const end = w1; w0 < end; w0 += 4) {
    const x0 = v128.load(x), x1 = v128.load(x, 16);
    const x2 = vectors == 4 ? v128.load(x, 32) : x0, x3 = vectors == 4 ? v128.load(x, 48) : x0;
    let k = v128.load_splat<f32>(w0);
    s00 = multiplyAdd(s00, k, x0);
    s01 = multiplyAdd(s01, k, x1);
    if (vectors == 4) {
      s02 = multiplyAdd(s02, k, x2);
      s03 = multiplyAdd(s03, k, x3);
    }
    k = v128.load_splat<f32>(w1);
    s10 = multiplyAdd(s10, k, x0);
    s11 = multiplyAdd(s11, k, x1);
    if (vectors == 4) {
      s12 = multiplyAdd(s12, k, x2);
      s13 = multiplyAdd(s13, k, x3);
    }
    k = v128.load_splat<f32>(w2);
    s20 = multiplyAdd(s20, k, x0);
    s21 = multiplyAdd(s21, k, x1);
    if (vectors == 4) {
      s22 = multiplyAdd(s22, k, x2);
      s23 = multiplyAdd(s23, k, x3);
    }
    k = v128.load_splat<f32>(w3);
    s30 = multiplyAdd(s30, k, x0);
    s31 = multiplyAdd(s31, k, x1);
    if (vectors == 4) {
      s32 = multiplyAdd(s32, k, x2);
      s33 = multiplyAdd(s33, k, x3);
    }
    w1 += 4;
    w2 += 4;
    w3 += 4;
    x += laneBytes;
  }
  storeRow(y, s00, s01, s02, s03, floor, vectors);
  storeRow(y + laneBytes, s10, s11, s12, s13, floor, vectors);
  storeRow(y + 2 * laneBytes, s20, s21, s22, s23, floor, vectors);
  storeRow(y + 3 * laneBytes, s30, s31, s32, s33, floor, vectors);
}

// @ts-ignore: decorator
@inline
function storeRow(
  to: usize, s0: v128, s1: v128, s2: v128, s3: v128, floor: v128, vectors: i32,
): void {
  if (vectors == 4) {
    v128.store(to, f32x4.pmax(s3, floor), 48);
    v128.store(to, f32x4.pmax(s2, floor), 32);
  }
  v128.store(to, f32x4.pmax(s1, floor), 16);
  v128.store(to, f32x4.pmax(s0, floor));
}

export function denseInputGradient(
  dX: usize, dY: usize, weights: usize, outputs: i32, inputs: i32, laneBytes: Bytes,
): void {
  const row = <usize>inputs << 2, height = <usize>outputs * laneBytes;
  if (inputs < 4 || laneBytes == 16) {
    gradientNarrowRows(dX, dY, weights, height, inputs, row, laneBytes);
    return;
  }
  for (let i = 0; i < inputs; i += 4) {
    const first = <usize>min(i, inputs - 4);
    const out = dX + first * laneBytes, w = weights + (first << 2);
    let at: usize = 0;
    if (WIDE) {
      for (; at + 64 <= laneBytes; at += 64) {
        gradientRowsOfFour(out + at, dY + at, w, height, row, laneBytes);
      }
    }
    for (; at < laneBytes; at += 32) {
      const column = min(at, laneBytes - 32);
      gradientRowsOfTwo(out + column, dY + column, w, height, row, laneBytes);
    }
  }
}

function gradientNarrowRows(
  dX: usize, dY: usize, weights: usize, height: usize, inputs: i32, row: usize, laneBytes: usize,
): void {
  for (let i: usize = 0; i < <usize>inputs; i++) {
    for (let at: usize = 0; at < laneBytes; at += 16) {
      let sum = f32x4.splat(0), weight = weights + (i << 2), gradient = dY + at;
      for (const end = gradient + height; gradient < end; gradient += laneBytes) {
        sum = multiplyAdd(sum, v128.load_splat<f32>(weight), v128.load(gradient));
        weight += row;
      }
      v128.store(dX + i * laneBytes + at, sum);
    }
  }
}

function gradientRowsOfFour(
  dX: usize, dY: usize, weights: usize, height: usize, row: usize, laneBytes: usize,
): void {
  gradientTile(dX, dY, weights, height, row, laneBytes, 4);
}

function gradientRowsOfTwo(
  dX: usize, dY: usize, weights: usize, height: usize, row: usize, laneBytes: usize,
): void {
  gradientTile(dX, dY, weights, height, row, laneBytes, 2);
}

// A tile of four rows of dX and two or four vectors.
// @ts-ignore: decorator
@inline
function gradientTile(
  dX: usize, dY: usize, weight: usize, height: usize, row: usize, laneBytes: usize, vectors: i32,
): void {
  const zero = f32x4.splat(0), floor = f32x4.splat(-Infinity);
  let s00 = zero, s01 = zero, s02 = zero, s03 = zero, s10 = zero, s11 = zero, s12 = zero, s13 = zero;
  let s20 = zero, s21 = zero, s22 = zero, s23 = zero, s30 = zero, s31 = zero, s32 = zero, s33 = zero;
  for (const end = dY + height; dY < end; dY += laneBytes) {
    const g0 = v128.load(dY), g1 = v128.load(dY, 16);
    const g2 = vectors == 4 ? v128.load(dY, 32) : g0, g3 = vectors == 4 ? v128.load(dY, 48) : g0;
    let k = v128.load_splat<f32>(weight);
    s00 = multiplyAdd(s00, k, g0);
    s01 = multiplyAdd(s01, k, g1);
    if (vectors == 4) {
      s02 = multiplyAdd(s02, k, g2);
      s03 = multiplyAdd(s03, k, g3);
    }
    k = v128.load_splat<f32>(weight, 4);
    s10 = multiplyAdd(s10, k, g0);
    s11 = multiplyAdd(s11, k, g1);
    if (vectors == 4) {
      s12 = multiplyAdd(s12, k, g2);
      s13 = multiplyAdd(s13, k, g3);
    }
    k = v128.load_splat<f32>(weight, 8);
    s20 = multiplyAdd(s20, k, g0);
    s21 = multiplyAdd(s21, k, g1);
    if (vectors == 4) {
      s22 = multiplyAdd(s22, k, g2);
      s23 = multiplyAdd(s23, k, g3);
    }
    k = v128.load_splat<f32>(weight, 12);
    s30 = multiplyAdd(s30, k, g0);
    s31 = multiplyAdd(s31, k, g1);
    if (vectors == 4) {
      s32 = multiplyAdd(s32, k, g2);
      s33 = multiplyAdd(s33, k, g3);
    }
    weight += row;
  }
  storeRow(dX, s00, s01, s02, s03, floor, vectors);
  storeRow(dX + laneBytes, s10, s11, s12, s13, floor, vectors);
  storeRow(dX + 2 * laneBytes, s20, s21, s22, s23, floor, vectors);
  storeRow(dX + 3 * laneBytes, s30, s31, s32, s33, floor, vectors);
}
