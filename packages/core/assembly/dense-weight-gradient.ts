// dW[o][i] = (Σ_n dY[o][n] · x[i][n]) / divisor, n running over every sample of the batch.
// `shards` lists where each shard keeps x and dY: `x, dY, lanes` (bytes), int32, `shardCount` times,
// x and dY from `base` on.
// Four lanes are summed side by side through all shards, then across.
import { multiplyAdd, sum1, sum4 } from './vector';

/** Columns `from` to `to` of dW, all rows. */
export function denseWeightGradient(
  dW: usize, base: usize, shards: usize, shardCount: i32, outputs: i32, inputs: i32, from: i32, to: i32,
  divisor: f32,
): void {
  const row = <usize>inputs << 2, over = f32x4.splat(divisor);
  if (outputs < 2 || to - from < 4) {
    for (let o: usize = 0; o < <usize>outputs; o++) {
      for (let i = <usize>from; i < <usize>to; i++) {
        store<f32>(dW + o * row + (i << 2), correlateRows(base, shards, shardCount, o, i) / divisor);
      }
    }
    return;
  }
  for (let i = from; i < to; i += 4) {
    const column = <usize>min(i, to - 4);
    for (let o = 0; o < outputs; o += 2) {
      const first = <usize>min(o, outputs - 2);
      const zero = f32x4.splat(0);
      let s00 = zero, s01 = zero, s02 = zero, s03 = zero, s10 = zero, s11 = zero, s12 = zero, s13 = zero;
      for (let s: usize = 0; s < <usize>shardCount; s++) {
        const shard = shards + s * 12, lanes = <usize>load<i32>(shard, 8);
        let x0 = base + <usize>load<i32>(shard) + column * lanes, x2 = x0 + 2 * lanes;
        let g0 = base + <usize>load<i32>(shard, 4) + first * lanes;
        for (const end = g0 + lanes; g0 < end; g0 += 16) {
          const ga = v128.load(g0), gb = v128.load(g0 + lanes);
          let x = v128.load(x0);
          s00 = multiplyAdd(s00, ga, x);
          s10 = multiplyAdd(s10, gb, x);
          x = v128.load(x0 + lanes);
          s01 = multiplyAdd(s01, ga, x);
          s11 = multiplyAdd(s11, gb, x);
          x = v128.load(x2);
          s02 = multiplyAdd(s02, ga, x);
          s12 = multiplyAdd(s12, gb, x);
          x = v128.load(x2 + lanes);
          s03 = multiplyAdd(s03, ga, x);
          s13 = multiplyAdd(s13, gb, x);
          x0 += 16;
          x2 += 16;
        }
      }
      const at = dW + first * row + (column << 2);
      v128.store(at, f32x4.div(sum4(s00, s01, s02, s03), over));
      v128.store(at + row, f32x4.div(sum4(s10, s11, s12, s13), over));
    }
  }
}

function correlateRows(base: usize, shards: usize, shardCount: i32, o: usize, i: usize): f32 {
  let sum = f32x4.splat(0);
  for (let s: usize = 0; s < <usize>shardCount; s++) {
    const shard = shards + s * 12, lanes = <usize>load<i32>(shard, 8);
    let x = base + <usize>load<i32>(shard) + i * lanes;
    let g = base + <usize>load<i32>(shard, 4) + o * lanes;
    for (const end = g + lanes; g < end; g += 16) {
      sum = multiplyAdd(sum, v128.load(g), v128.load(x));
      x += 16;
    }
  }
  return sum1(sum);
}
