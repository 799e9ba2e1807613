// A packed GEMM micro-kernel that measures the highest speed WebAssembly reaches. It is not part of
// training and has its own build. C[4][8] += A[k][4]ᵀ · B[k][8] with both panels in the first-level cache.
import { multiplyAdd } from './vector';

/** `times` products of depth `depth`; `c` is stored after each, so that none is optimized away. */
export function gemmPeak(a: usize, b: usize, c: usize, depth: i32, times: i32): void {
  for (let t = 0; t < times; t++) {
    let s00 = v128.load(c), s01 = v128.load(c, 16);
    let s10 = v128.load(c, 32), s11 = v128.load(c, 48);
    let s20 = v128.load(c, 64), s21 = v128.load(c, 80);
    let s30 = v128.load(c, 96), s31 = v128.load(c, 112);
    let row = a, column = b;
    for (const end = a + (<usize>depth << 4); row < end; row += 16) {
      const b0 = v128.load(column), b1 = v128.load(column, 16);
      let k = v128.load_splat<f32>(row);
      s00 = multiplyAdd(s00, k, b0);
      s01 = multiplyAdd(s01, k, b1);
      k = v128.load_splat<f32>(row, 4);
      s10 = multiplyAdd(s10, k, b0);
      s11 = multiplyAdd(s11, k, b1);
      k = v128.load_splat<f32>(row, 8);
      s20 = multiplyAdd(s20, k, b0);
      s21 = multiplyAdd(s21, k, b1);
      k = v128.load_splat<f32>(row, 12);
      s30 = multiplyAdd(s30, k, b0);
      s31 = multiplyAdd(s31, k, b1);
      column += 32;
    }
    v128.store(c, s00);
    v128.store(c, s01, 16);
    v128.store(c, s10, 32);
    v128.store(c, s11, 48);
    v128.store(c, s20, 64);
    v128.store(c, s21, 80);
    v128.store(c, s30, 96);
    v128.store(c, s31, 112);
  }
}
