// A filter's weights, `[channel][row][column]`, as rows of its window, where a row is one run of
// floats as in an image of samples.ts, filled up with zeros.
import { Bytes } from './units';

/** Strides are of `windowRows`: from filter to filter, and between channels, rows and columns of the kernel. */
export function toWindowRows(
  windowRows: usize, filterStride: Bytes, channelStride: Bytes, rowStride: Bytes,
  columnStride: Bytes, weights: usize, filters: i32, channels: i32, rows: i32, columns: i32,
): void {
  memory.fill(windowRows, 0, <usize>filters * filterStride);
  for (let f = 0; f < filters; f++) {
    for (let c: usize = 0; c < <usize>channels; c++) {
      let row = windowRows + c * channelStride;
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
    windowRows += filterStride;
  }
}

/** The way back: overwrites `weights`. */
export function fromWindowRows(
  weights: usize, windowRows: usize, filterStride: Bytes, channelStride: Bytes, rowStride: Bytes,
  columnStride: Bytes, filters: i32, channels: i32, rows: i32, columns: i32,
): void {
  for (let f = 0; f < filters; f++) {
    for (let c: usize = 0; c < <usize>channels; c++) {
      let row = windowRows + c * channelStride;
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
    windowRows += filterStride;
  }
}
