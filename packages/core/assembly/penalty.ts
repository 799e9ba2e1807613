// Gradients of penalties on weights, of which `x` has `rows` rows of `columns`, `stride` bytes apart:
//   l1 · Σ |x|:  l1 · sign(x), 0 at 0        l2 / 2 · Σ x²:  l2 · x

export function penalize(
  g: usize, x: usize, stride: usize, rows: i32, columns: i32, l1: f32, l2: f32,
): void {
  const size = <usize>columns << 2;
  for (let r = 0; r < rows; r++) {
    for (let at: usize = 0; at < size; at += 4) {
      const value = load<f32>(x + at);
      const sign: f32 = value > 0 ? l1 : value < 0 ? -l1 : 0;
      store<f32>(g + at, load<f32>(g + at) + (sign + l2 * value));
    }
    g += stride;
    x += stride;
  }
}

/** x ·= factor. */
export function scale(x: usize, vectors: i32, factor: f32): void {
  for (const end = x + (<usize>vectors << 4); x < end; x += 16) {
    v128.store(x, f32x4.mul(v128.load(x), f32x4.splat(factor)));
  }
}
