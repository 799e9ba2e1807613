// y[o][n] = bias[o] + Σ_i weights[o][i] · x[i][n];  dX[i][n] = Σ_o weights[o][i] · dY[o][n]
// Rows of x and y are `laneBytes` bytes long: the samples of a shard.
import { Bytes, Optional } from './units';
import { multiplyAdd } from './vector';

/** Row o of weights is `inputs` floats. `bias` 0 means none. */
export function dense(
  y: usize, x: usize, weights: usize, bias: Optional, outputs: i32, inputs: i32, laneBytes: Bytes,
  relu: i32,
): void {
  const row = <usize>inputs << 2, biasStep: usize = bias ? 4 : 0;
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  if (outputs < 4 || laneBytes == 16) {
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
    return;
  }
  for (let o = 0; o < outputs; o += 4) {
    const first = <usize>min(o, outputs - 4), b = bias + first * biasStep;
    for (let at: usize = 0; at < laneBytes; at += 32) {
      const column = min(at, laneBytes - 32);
      let s00 = v128.load_splat<f32>(b), s01 = s00;
      let s10 = v128.load_splat<f32>(b + biasStep), s11 = s10;
      let s20 = v128.load_splat<f32>(b + 2 * biasStep), s21 = s20;
      let s30 = v128.load_splat<f32>(b + 3 * biasStep), s31 = s30;
      let w0 = weights + first * row, w1 = w0 + row, w2 = w1 + row, w3 = w2 + row, source = x + column;
      for (const end = w1; w0 < end; w0 += 4) {
        const x0 = v128.load(source), x1 = v128.load(source, 16);
        let k = v128.load_splat<f32>(w0);
        s00 = multiplyAdd(s00, k, x0);
        s01 = multiplyAdd(s01, k, x1);
        k = v128.load_splat<f32>(w1);
        s10 = multiplyAdd(s10, k, x0);
        s11 = multiplyAdd(s11, k, x1);
        k = v128.load_splat<f32>(w2);
        s20 = multiplyAdd(s20, k, x0);
        s21 = multiplyAdd(s21, k, x1);
        k = v128.load_splat<f32>(w3);
        s30 = multiplyAdd(s30, k, x0);
        s31 = multiplyAdd(s31, k, x1);
        w1 += 4;
        w2 += 4;
        w3 += 4;
        source += laneBytes;
      }
      let out = y + first * laneBytes + column;
      v128.store(out, f32x4.pmax(s00, floor));
      v128.store(out, f32x4.pmax(s01, floor), 16);
      out += laneBytes;
      v128.store(out, f32x4.pmax(s10, floor));
      v128.store(out, f32x4.pmax(s11, floor), 16);
      out += laneBytes;
      v128.store(out, f32x4.pmax(s20, floor));
      v128.store(out, f32x4.pmax(s21, floor), 16);
      out += laneBytes;
      v128.store(out, f32x4.pmax(s30, floor));
      v128.store(out, f32x4.pmax(s31, floor), 16);
    }
  }
}

export function denseInputGradient(
  dX: usize, dY: usize, weights: usize, outputs: i32, inputs: i32, laneBytes: Bytes,
): void {
  const row = <usize>inputs << 2, zero = f32x4.splat(0), height = <usize>outputs * laneBytes;
  if (inputs < 4 || laneBytes == 16) {
    for (let i: usize = 0; i < <usize>inputs; i++) {
      for (let at: usize = 0; at < laneBytes; at += 16) {
        let sum = zero, weight = weights + (i << 2), gradient = dY + at;
        for (const end = gradient + height; gradient < end; gradient += laneBytes) {
          sum = multiplyAdd(sum, v128.load_splat<f32>(weight), v128.load(gradient));
          weight += row;
        }
        v128.store(dX + i * laneBytes + at, sum);
      }
    }
    return;
  }
  for (let i = 0; i < inputs; i += 4) {
    const first = <usize>min(i, inputs - 4);
    for (let at: usize = 0; at < laneBytes; at += 32) {
      const column = min(at, laneBytes - 32);
      let s00 = zero, s01 = zero, s10 = zero, s11 = zero, s20 = zero, s21 = zero, s30 = zero, s31 = zero;
      let weight = weights + (first << 2), gradient = dY + column;
      for (const end = gradient + height; gradient < end; gradient += laneBytes) {
        const g0 = v128.load(gradient), g1 = v128.load(gradient, 16);
        let k = v128.load_splat<f32>(weight);
        s00 = multiplyAdd(s00, k, g0);
        s01 = multiplyAdd(s01, k, g1);
        k = v128.load_splat<f32>(weight, 4);
        s10 = multiplyAdd(s10, k, g0);
        s11 = multiplyAdd(s11, k, g1);
        k = v128.load_splat<f32>(weight, 8);
        s20 = multiplyAdd(s20, k, g0);
        s21 = multiplyAdd(s21, k, g1);
        k = v128.load_splat<f32>(weight, 12);
        s30 = multiplyAdd(s30, k, g0);
        s31 = multiplyAdd(s31, k, g1);
        weight += row;
      }
      let out = dX + first * laneBytes + column;
      v128.store(out, s00);
      v128.store(out, s01, 16);
      out += laneBytes;
      v128.store(out, s10);
      v128.store(out, s11, 16);
      out += laneBytes;
      v128.store(out, s20);
      v128.store(out, s21, 16);
      out += laneBytes;
      v128.store(out, s30);
      v128.store(out, s31, 16);
    }
  }
}
