// Maps in lanes, `[channel][row][column][lane]`, to one image a sample, `[row][column][channel]`,
// and back. In an image a row of a convolution's window, all channels of it, is one run of floats.
import { Bytes } from './units';

// @ts-ignore: decorator
@inline
export function storeTransposed(at: usize, stride: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5), CD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(at, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  at += stride;
  v128.store(at, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  at += stride;
  v128.store(at, v128.shuffle<f32>(AB, CD, 0, 1, 4, 5));
  at += stride;
  v128.store(at, v128.shuffle<f32>(AB, CD, 2, 3, 6, 7));
}

/** A row of x is `columns` times `laneBytes` bytes. Strides of images are those of `images`. */
export function toSamples(
  images: usize, sampleStride: Bytes, rowStride: Bytes, columnStride: Bytes, x: usize,
  xPlane: Bytes, channels: i32, rows: i32, columns: i32, laneBytes: Bytes,
): void {
  for (let c = 0; c < channels; c += 4) {
    const left = channels - c;
    let position = x + <usize>c * xPlane;
    for (let row: usize = 0; row < <usize>rows; row++) {
      let to = images + row * rowStride + (<usize>c << 2);
      for (let column = 0; column < columns; column++) {
        let sample = to;
        for (const end = position + laneBytes; position < end; position += 16) {
          if (left >= 4) {
            const two = position + 2 * xPlane;
            storeTransposed(
              sample, sampleStride, v128.load(position), v128.load(position + xPlane),
              v128.load(two), v128.load(two + xPlane),
            );
          } else {
            for (let k: usize = 0; k < <usize>left; k++) {
              const value = v128.load(position + k * xPlane);
              let at = sample + (k << 2);
              v128.store_lane<f32>(at, value, 0);
              at += sampleStride;
              v128.store_lane<f32>(at, value, 1);
              at += sampleStride;
              v128.store_lane<f32>(at, value, 2);
              at += sampleStride;
              v128.store_lane<f32>(at, value, 3);
            }
          }
          sample += sampleStride << 2;
        }
        to += columnStride;
      }
    }
  }
}

/** The way back: overwrites `x`. */
export function fromSamples(
  x: usize, xPlane: Bytes, images: usize, sampleStride: Bytes, rowStride: Bytes,
  columnStride: Bytes, channels: i32, rows: i32, columns: i32, laneBytes: Bytes,
): void {
  for (let c = 0; c < channels; c += 4) {
    const left = channels - c;
    let position = x + <usize>c * xPlane;
    for (let row: usize = 0; row < <usize>rows; row++) {
      let from = images + row * rowStride + (<usize>c << 2);
      for (let column = 0; column < columns; column++) {
        let sample = from;
        for (const end = position + laneBytes; position < end; position += 16) {
          const two = sample + 2 * sampleStride;
          if (left >= 4) {
            storeTransposed(
              position, xPlane, v128.load(sample), v128.load(sample + sampleStride),
              v128.load(two), v128.load(two + sampleStride),
            );
          } else {
            for (let k: usize = 0; k < <usize>left; k++) {
              const at = k << 2;
              let value = v128.load32_zero(sample + at);
              value = v128.load_lane<f32>(sample + sampleStride + at, value, 1);
              value = v128.load_lane<f32>(two + at, value, 2);
              value = v128.load_lane<f32>(two + sampleStride + at, value, 3);
              v128.store(position + k * xPlane, value);
            }
          }
          sample += sampleStride << 2;
        }
        from += columnStride;
      }
    }
  }
}
