// dWeights[o][i] = (Σ_n dY[o][n] · x[i][n]) / divisor, n running over every sample of the
// batch: rows of dY and x are `laneBytes` bytes long. Four lanes are summed side by side, then across.
import { Bytes } from './units';
import { multiplyAdd, sum1, sum4 } from './vector';

/** Columns `from` to `to` of dWeights, all rows. */
export function denseWeightGradient(
  dWeights: usize, dY: usize, x: usize, laneBytes: Bytes, outputs: i32, inputs: i32, from: i32,
  to: i32, divisor: f32,
): void {
  const row = <usize>inputs << 2, over = f32x4.splat(divisor), zero = f32x4.splat(0);
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
    const column = <usize>min(i, to - 4);
    for (let o = 0; o < outputs; o += 2) {
      const first = <usize>min(o, outputs - 2);
      let s00 = zero, s01 = zero, s02 = zero, s03 = zero, s10 = zero, s11 = zero, s12 = zero, s13 = zero;
      let g = dY + first * laneBytes, x0 = x + column * laneBytes, x2 = x0 + 2 * laneBytes;
      for (const end = g + laneBytes; g < end; g += 16) {
        const ga = v128.load(g), gb = v128.load(g + laneBytes);
        let value = v128.load(x0);
        s00 = multiplyAdd(s00, ga, value);
        s10 = multiplyAdd(s10, gb, value);
        value = v128.load(x0 + laneBytes);
        s01 = multiplyAdd(s01, ga, value);
        s11 = multiplyAdd(s11, gb, value);
        value = v128.load(x2);
        s02 = multiplyAdd(s02, ga, value);
        s12 = multiplyAdd(s12, gb, value);
        value = v128.load(x2 + laneBytes);
        s03 = multiplyAdd(s03, ga, value);
        s13 = multiplyAdd(s13, gb, value);
        x0 += 16;
        x2 += 16;
      }
      const at = dWeights + first * row + (column << 2);
      v128.store(at, f32x4.div(sum4(s00, s01, s02, s03), over));
      v128.store(at + row, f32x4.div(sum4(s10, s11, s12, s13), over));
    }
  }
}

function multiplyRows(dY: usize, x: usize, laneBytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (const end = dY + laneBytes; dY < end; dY += 16) {
    sum = multiplyAdd(sum, v128.load(dY), v128.load(x));
    x += 16;
  }
  return sum1(sum);
}
