// G w of a bilinear convolution (bilinear.ts), and its adjoint. A program lists the results: for each
// `[count]` and as many entries `index, factor` (float32), the index of a tap or, for the adjoint, of a plane.
import { Bytes } from './units';
import { gather, multiplyAdd } from './vector';

/** U of pairs `from` to `to` of a filter and a channel, at least 4. `scratch` has 9 vectors. */
export function bilinearWeights(
  U: usize, uPlane: Bytes, weights: usize, program: usize, planes: i32, from: i32, to: i32, scratch: usize,
): void {
  for (let pair = from; pair < to; pair += 4) {
    const first = <usize>min(pair, to - 4), source = weights + first * 36;
    for (let tap: usize = 0; tap < 9; tap++) {
      v128.store(scratch + (tap << 4), gather(source + (tap << 2), 36));
    }
    let entry = program, out = U + (first << 2);
    for (let plane = 0; plane < planes; plane++) {
      const end = entry + 4 + (<usize>load<i32>(entry) << 3);
      let sum = f32x4.splat(0);
      for (entry += 4; entry < end; entry += 8) {
        const x = v128.load(scratch + (<usize>load<i32>(entry) << 4));
        sum = multiplyAdd(sum, v128.load_splat<f32>(entry, 4), x);
      }
      v128.store(out, sum);
      out += uPlane;
    }
  }
}

/** dWeights of `pairs` of a filter and a channel, at least 4, divided. */
export function bilinearWeightGradient(
  dWeights: usize, dU: usize, uPlane: Bytes, program: usize, pairs: i32, divisor: f32,
): void {
  const over = f32x4.splat(divisor);
  for (let pair = 0; pair < pairs; pair += 4) {
    const first = <usize>min(pair, pairs - 4), source = dU + (first << 2);
    let entry = program, out = dWeights + first * 36;
    for (let tap = 0; tap < 9; tap++) {
      const end = entry + 4 + (<usize>load<i32>(entry) << 3);
      let sum = f32x4.splat(0);
      for (entry += 4; entry < end; entry += 8) {
        const x = v128.load(source + <usize>load<i32>(entry) * uPlane);
        sum = multiplyAdd(sum, v128.load_splat<f32>(entry, 4), x);
      }
      sum = f32x4.div(sum, over);
      v128.store_lane<f32>(out, sum, 0);
      v128.store_lane<f32>(out + 36, sum, 1);
      v128.store_lane<f32>(out + 72, sum, 2);
      v128.store_lane<f32>(out + 108, sum, 3);
      out += 4;
    }
  }
}
