// Gradients in parts: `rows` rows of `columns` floats, strides apart. No row is written beyond its columns, where
// others write.
import { Bytes } from './units';

/** y += x. */
export function addRows(
  y: usize, yStride: Bytes, x: usize, xStride: Bytes, rows: i32, columns: i32,
): void {
  const whole = <usize>(columns & ~3) << 2, size = <usize>columns << 2;
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (; at < whole; at += 16) {
      v128.store(y + at, f32x4.add(v128.load(y + at), v128.load(x + at)));
    }
    for (; at < size; at += 4) store<f32>(y + at, load<f32>(y + at) + load<f32>(x + at));
    y += yStride;
    x += xStride;
  }
}

/** x /= divisor. */
export function divideRows(
  x: usize, rowStride: Bytes, rows: i32, columns: i32, divisor: f32,
): void {
  const over = f32x4.splat(divisor);
  const whole = <usize>(columns & ~3) << 2, size = <usize>columns << 2;
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(x + at, f32x4.div(v128.load(x + at), over));
    for (; at < size; at += 4) store<f32>(x + at, load<f32>(x + at) / divisor);
    x += rowStride;
  }
}
