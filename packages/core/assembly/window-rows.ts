// A filter's weights, `[channel][row][column]`, as rows of its window, where a row is one run of
// floats as in an image of samples.ts; what fills up a row is zero.

/** Strides are of `out`: from filter to filter, and between channels, rows and columns of the kernel. */
export function toWindowRows(
  out: usize, filterStride: usize, channelStride: usize, rowStride: usize, columnStride: usize,
  weights: usize, filters: i32, channels: i32, rows: i32, columns: i32,
): void {
  memory.fill(out, 0, <usize>filters * filterStride);
  for (let f = 0; f < filters; f++) {
    for (let c: usize = 0; c < <usize>channels; c++) {
      let row = out + c * channelStride;
      for (let r = 0; r < rows; r++) {
        let at = row;
        for (let column = 0; column < columns; column++) {
          store<f32>(at, load<f32>(weights));
          weights += 4;
          at += columnStride;
        }
        row += rowStride;
      }
    }
    out += filterStride;
  }
}

/** The way back: overwrites `weights`. */
export function fromWindowRows(
  weights: usize, from: usize, filterStride: usize, channelStride: usize, rowStride: usize,
  columnStride: usize, filters: i32, channels: i32, rows: i32, columns: i32,
): void {
  for (let f = 0; f < filters; f++) {
    for (let c: usize = 0; c < <usize>channels; c++) {
      let row = from + c * channelStride;
      for (let r = 0; r < rows; r++) {
        let at = row;
        for (let column = 0; column < columns; column++) {
          store<f32>(weights, load<f32>(at));
          weights += 4;
          at += columnStride;
        }
        row += rowStride;
      }
    }
    from += filterStride;
  }
}
