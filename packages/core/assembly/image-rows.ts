// Layers with numbers of each channel, on images, `[position][channel]`: a position has `vectors` vectors.

/** y = (x − mean) · scale + shift, with `relu` its positive part; `numbers` has the means, the scales and the shifts. */
export function normalizeImage(
  y: usize, x: usize, numbers: usize, positions: i32, vectors: i32, relu: i32,
): void {
  const floor = f32x4.splat(relu ? 0 : -Infinity), size = <usize>vectors << 4;
  for (; positions > 0; positions--) {
    for (let at = numbers, end = numbers + size; at < end; at += 16) {
      const scaled = f32x4.mul(f32x4.sub(v128.load(x), v128.load(at)), v128.load(at + size));
      v128.store(y, f32x4.pmax(f32x4.add(scaled, v128.load(at + 2 * size)), floor));
      x += 16;
      y += 16;
    }
  }
}

/** y = x where x > 0, else weight · x. y may be x. */
export function preluImage(y: usize, x: usize, weights: usize, positions: i32, vectors: i32): void {
  const zero = f32x4.splat(0), size = <usize>vectors << 4;
  for (; positions > 0; positions--) {
    for (let at = weights, end = weights + size; at < end; at += 16) {
      const value = v128.load(x);
      const below = f32x4.mul(v128.load(at), value);
      v128.store(y, v128.bitselect(value, below, f32x4.gt(value, zero)));
      x += 16;
      y += 16;
    }
  }
}
