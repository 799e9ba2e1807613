// A filter's weights, `[channel][row][column]`, as rows of its window, where a row is one run of
// floats as in an image of samples.ts, filled up with zeros.
import { Bytes } from './units';
import { gather } from './vector';

/** Strides are of `windowRows`: from filter to filter, and between channels, rows and columns of the kernel. */
export function toWindowRows(
  windowRows: usize, filterStride: Bytes, channelStride: Bytes, rowStride: Bytes,
  columnStride: Bytes, weights: usize, filters: i32, channels: i32, rows: i32, columns: i32,
): void {
  memory.fill(windowRows, 0, <usize>filters * filterStride);
  const size = <usize>(rows * columns) << 2, fours = channelStride == 4 ? channels & ~3 : 0;
  for (let f = 0; f < filters; f++) {
    for (let r: usize = 0; r < <usize>rows; r++) {
      for (let column: usize = 0; column < <usize>columns; column++) {
        let at = windowRows + r * rowStride + column * columnStride;
        let weight = weights + ((r * <usize>columns + column) << 2);
        for (let c = 0; c < fours; c += 4) {
          v128.store(at, gather(weight, size));
          at += 16;
          weight += 4 * size;
        }
        for (let c = fours; c < channels; c++) {
          store<f32>(at, load<f32>(weight));
          at += channelStride;
          weight += size;
        }
      }
    }
    windowRows += filterStride;
    weights += <usize>channels * size;
  }
}

/** The way back: overwrites `weights`. */
export function fromWindowRows(
  weights: usize, windowRows: usize, filterStride: Bytes, channelStride: Bytes, rowStride: Bytes,
  columnStride: Bytes, filters: i32, channels: i32, rows: i32, columns: i32,
): void {
  const size = <usize>(rows * columns) << 2, fours = channelStride == 4 ? channels & ~3 : 0;
  for (let f = 0; f < filters; f++) {
    for (let r: usize = 0; r < <usize>rows; r++) {
      for (let column: usize = 0; column < <usize>columns; column++) {
        let at = windowRows + r * rowStride + column * columnStride;
        let weight = weights + ((r * <usize>columns + column) << 2);
        for (let c = 0; c < fours; c += 4) {
          scatter(weight, size, v128.load(at));
          at += 16;
          weight += 4 * size;
        }
        for (let c = fours; c < channels; c++) {
          store<f32>(weight, load<f32>(at));
          at += channelStride;
          weight += size;
        }
      }
    }
    windowRows += filterStride;
    weights += <usize>channels * size;
  }
}

// To four places, `stride` bytes apart.
// @ts-ignore: decorator
@inline
function scatter(at: usize, stride: usize, value: v128): void {
  const two = at + 2 * stride;
  v128.store_lane<f32>(at, value, 0);
  v128.store_lane<f32>(at + stride, value, 1);
  v128.store_lane<f32>(two, value, 2);
  v128.store_lane<f32>(two + stride, value, 3);
}
