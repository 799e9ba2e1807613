// Maps in lanes, `[channel][row][column][lane]`, to one image a sample, `[row][column][channel]`,
// and back. In an image a row of a convolution's window, all channels of it, is one run of floats.

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

/** A row of x is `columns` times `lanes` bytes. Strides of images are those of `out`. */
export function toSamples(
  out: usize, sampleStride: usize, rowStride: usize, columnStride: usize, x: usize, xStride: usize,
  channels: i32, rows: i32, columns: i32, lanes: usize,
): void {
  for (let c = 0; c < channels; c += 4) {
    const left = channels - c;
    let position = x + <usize>c * xStride;
    for (let row: usize = 0; row < <usize>rows; row++) {
      let to = out + row * rowStride + (<usize>c << 2);
      for (let column = 0; column < columns; column++) {
        let sample = to;
        for (const end = position + lanes; position < end; position += 16) {
          if (left >= 4) {
            const two = position + 2 * xStride;
            storeTransposed(
              sample, sampleStride, v128.load(position), v128.load(position + xStride),
              v128.load(two), v128.load(two + xStride),
            );
          } else {
            for (let k: usize = 0; k < <usize>left; k++) {
              const value = v128.load(position + k * xStride);
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
  x: usize, xStride: usize, images: usize, sampleStride: usize, rowStride: usize,
  columnStride: usize, channels: i32, rows: i32, columns: i32, lanes: usize,
): void {
  for (let c = 0; c < channels; c += 4) {
    const left = channels - c;
    let position = x + <usize>c * xStride;
    for (let row: usize = 0; row < <usize>rows; row++) {
      let from = images + row * rowStride + (<usize>c << 2);
      for (let column = 0; column < columns; column++) {
        let sample = from;
        for (const end = position + lanes; position < end; position += 16) {
          const two = sample + 2 * sampleStride;
          if (left >= 4) {
            storeTransposed(
              position, xStride, v128.load(sample), v128.load(sample + sampleStride),
              v128.load(two), v128.load(two + sampleStride),
            );
          } else {
            for (let k: usize = 0; k < <usize>left; k++) {
              const at = k << 2;
              let value = v128.load32_zero(sample + at);
              value = v128.load_lane<f32>(sample + sampleStride + at, value, 1);
              value = v128.load_lane<f32>(two + at, value, 2);
              value = v128.load_lane<f32>(two + sampleStride + at, value, 3);
              v128.store(position + k * xStride, value);
            }
          }
          sample += sampleStride << 2;
        }
        from += columnStride;
      }
    }
  }
}
