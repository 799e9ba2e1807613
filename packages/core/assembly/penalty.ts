// Adds the gradients of penalties on weights, which are `rows` rows of `columns`, `rowStride` bytes apart:
//   l1 · Σ |x|:  l1 · sign(x), 0 at 0        l2 / 2 · Σ x²:  l2 · x
import { Bytes } from './units';

export function penalize(
  gradient: usize, weights: usize, rowStride: Bytes, rows: i32, columns: i32, l1: f32, l2: f32,
): void {
  const size = <usize>columns << 2;
  for (let r = 0; r < rows; r++) {
    for (let at: usize = 0; at < size; at += 4) {
      const value = load<f32>(weights + at);
      const sign: f32 = value > 0 ? l1 : value < 0 ? -l1 : 0;
      store<f32>(gradient + at, load<f32>(gradient + at) + (sign + l2 * value));
    }
    gradient += rowStride;
    weights += rowStride;
  }
}

/** x ·= factor. */
export function scale(x: usize, vectors: i32, factor: f32): void {
  for (const end = x + (<usize>vectors << 4); x < end; x += 16) {
    v128.store(x, f32x4.mul(v128.load(x), f32x4.splat(factor)));
  }
}
