// Packed GEMM micro-kernels that measure the highest speed WebAssembly reaches. They are not part of training
// and have their own build. C[4][n] += A[k][4]ᵀ · B[k][n] with both panels in the first-level cache.
import { multiplyAdd } from './vector';

/** C has 8 columns. `times` products of depth `depth`; `c` is stored after each, so that none is optimized away. */
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

/** C has 16 columns, for V8 that joins neighbouring vectors. */
export function gemmPeakWide(a: usize, b: usize, c: usize, depth: i32, times: i32): void {
  for (let t = 0; t < times; t++) {
    let s00 = v128.load(c), s01 = v128.load(c, 16);
    let s02 = v128.load(c, 32), s03 = v128.load(c, 48);
    let s10 = v128.load(c, 64), s11 = v128.load(c, 80);
    let s12 = v128.load(c, 96), s13 = v128.load(c, 112);
    let s20 = v128.load(c, 128), s21 = v128.load(c, 144);
    let s22 = v128.load(c, 160), s23 = v128.load(c, 176);
    let s30 = v128.load(c, 192), s31 = v128.load(c, 208);
    let s32 = v128.load(c, 224), s33 = v128.load(c, 240);
    let row = a, column = b;
    for (const end = a + (<usize>depth << 4); row < end; row += 16) {
      const b0 = v128.load(column), b1 = v128.load(column, 16);
      const b2 = v128.load(column, 32), b3 = v128.load(column, 48);
      let k = v128.load_splat<f32>(row);
      s00 = multiplyAdd(s00, k, b0);
      s01 = multiplyAdd(s01, k, b1);
      s02 = multiplyAdd(s02, k, b2);
      s03 = multiplyAdd(s03, k, b3);
      k = v128.load_splat<f32>(row, 4);
      s10 = multiplyAdd(s10, k, b0);
      s11 = multiplyAdd(s11, k, b1);
      s12 = multiplyAdd(s12, k, b2);
      s13 = multiplyAdd(s13, k, b3);
      k = v128.load_splat<f32>(row, 8);
      s20 = multiplyAdd(s20, k, b0);
      s21 = multiplyAdd(s21, k, b1);
      s22 = multiplyAdd(s22, k, b2);
      s23 = multiplyAdd(s23, k, b3);
      k = v128.load_splat<f32>(row, 12);
      s30 = multiplyAdd(s30, k, b0);
      s31 = multiplyAdd(s31, k, b1);
      s32 = multiplyAdd(s32, k, b2);
      s33 = multiplyAdd(s33, k, b3);
      column += 64;
    }
    v128.store(c, s00);
    v128.store(c, s01, 16);
    v128.store(c, s02, 32);
    v128.store(c, s03, 48);
    v128.store(c, s10, 64);
    v128.store(c, s11, 80);
    v128.store(c, s12, 96);
    v128.store(c, s13, 112);
    v128.store(c, s20, 128);
    v128.store(c, s21, 144);
    v128.store(c, s22, 160);
    v128.store(c, s23, 176);
    v128.store(c, s30, 192);
    v128.store(c, s31, 208);
    v128.store(c, s32, 224);
    v128.store(c, s33, 240);
  }
}
