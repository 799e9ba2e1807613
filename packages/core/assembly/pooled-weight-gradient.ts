// Weight gradient of a convolution behind which max pooling follows. Each pooled gradient belongs to
// one position of the map, the window's maximum; all others are zero and are not touched. Samples
// have their maxima at different positions, so each is handled alone: x lies sample by sample,
// `[sample][channel][row][column]`, padded as the convolution pads.
//   dWeights[f][c][kh][kw] = Σ_n Σ_p dY[f][p][n] · x[n][c][position(p, index) + (kh, kw)]

const NONE: i32 = 0xffff;
const ROWS: i32 = 5;

/** x in lanes, `[channel][row][column][lane]`, to one image a sample. */
export function toSamples(
  out: usize, sampleStride: usize, planeStride: usize, rowStride: usize, x: usize, channels: i32,
  rows: i32, columns: i32, lanes: usize,
): void {
  const vectors = lanes >> 4;
  for (let c: usize = 0; c < <usize>channels; c++) {
    for (let r: usize = 0; r < <usize>rows; r++) {
      let to = out + c * planeStride + r * rowStride;
      for (let column = 0; column < columns; column++) {
        let sample = to;
        for (let v: usize = 0; v < vectors; v++) {
          const value = v128.load(x);
          v128.store_lane<f32>(sample, value, 0);
          sample += sampleStride;
          v128.store_lane<f32>(sample, value, 1);
          sample += sampleStride;
          v128.store_lane<f32>(sample, value, 2);
          sample += sampleStride;
          v128.store_lane<f32>(sample, value, 3);
          sample += sampleStride;
          x += 16;
        }
        to += 4;
      }
    }
  }
}

/**
 * Overwrites dWeights and dBias of `filters` filters. `positions`: source offset of each pooled
 * position, `taps`: what the index of a maximum adds to it; both int32 bytes in a sample's image.
 * `list` has room for 8 bytes a sample and position. Reads up to four rows and floats beyond x.
 */
export function pooledWeightGradient(
  dWeights: usize, dBias: usize, dY: usize, yStride: usize, index: usize, x: usize,
  sampleStride: usize, planeStride: usize, rowStride: usize, positions: usize, taps: usize,
  list: usize, filters: i32, channels: i32, kernelHeight: i32, kernelWidth: i32,
  pooled: i32, lanes: usize,
): void {
  for (let f = 0; f < filters; f++) {
    const end = collect(list, dBias, dY, index, x, sampleStride, positions, taps, pooled, lanes);
    for (let c: usize = 0; c < <usize>channels; c++) {
      for (let row = 0; row < kernelHeight; row += ROWS) {
        for (let column = 0; column < kernelWidth; column += 4) {
          correlate(
            dWeights + <usize>(row * kernelWidth + column) * 4, list, end,
            c * planeStride + <usize>row * rowStride + (<usize>column << 2), rowStride,
            min(ROWS, kernelHeight - row), min(4, kernelWidth - column), <usize>kernelWidth << 2,
          );
        }
      }
      dWeights += <usize>(kernelHeight * kernelWidth) << 2;
    }
    dBias += 4;
    dY += yStride;
    index += yStride >> 1;
  }
}

// Lists the gradients that are not zero with the image position each belongs to, and sums them into
// dBias. An entry is written in any case and kept only where it counts: no branch to mispredict.
function collect(
  list: usize, dBias: usize, dY: usize, index: usize, x: usize, sampleStride: usize,
  positions: usize, taps: usize, pooled: i32, lanes: usize,
): usize {
  let sum: f32 = 0;
  const end = positions + (<usize>pooled << 2);
  for (let n: usize = 0; n < lanes; n += 4) {
    let gradient = dY + n, at = index + (n >> 1);
    for (let p = positions; p < end; p += 4) {
      const tap = <i32>load<u16>(at), isNone = tap == NONE;
      const value = isNone ? <f32>0 : load<f32>(gradient);
      const offset = load<i32>(p) + load<i32>(taps + <usize>(isNone ? 0 : tap));
      store<i32>(list, <i32>x + offset);
      store<f32>(list, value, 4);
      list += value != 0 ? 8 : 0;
      sum += value;
      gradient += lanes;
      at += lanes >> 1;
    }
    x += sampleStride;
  }
  store<f32>(dBias, sum);
  return list;
}

// Five rows of four taps at a time; those beyond the kernel are summed and dropped.
function correlate(
  dWeights: usize, list: usize, end: usize, offset: usize, rowStride: usize, rows: i32, columns: i32,
  rowBytes: usize,
): void {
  const zero = f32x4.splat(0);
  let s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero;
  for (; list < end; list += 8) {
    let at = <usize>load<i32>(list) + offset;
    const g = v128.load_splat<f32>(list, 4);
    s0 = f32x4.add(s0, f32x4.mul(g, v128.load(at)));
    at += rowStride;
    s1 = f32x4.add(s1, f32x4.mul(g, v128.load(at)));
    at += rowStride;
    s2 = f32x4.add(s2, f32x4.mul(g, v128.load(at)));
    at += rowStride;
    s3 = f32x4.add(s3, f32x4.mul(g, v128.load(at)));
    at += rowStride;
    s4 = f32x4.add(s4, f32x4.mul(g, v128.load(at)));
  }
  storeTaps(dWeights, s0, columns);
  if (rows > 1) storeTaps(dWeights + rowBytes, s1, columns);
  if (rows > 2) storeTaps(dWeights + 2 * rowBytes, s2, columns);
  if (rows > 3) storeTaps(dWeights + 3 * rowBytes, s3, columns);
  if (rows > 4) storeTaps(dWeights + 4 * rowBytes, s4, columns);
}

function storeTaps(at: usize, values: v128, columns: i32): void {
  if (columns == 4) {
    v128.store(at, values);
    return;
  }
  v128.store_lane<f32>(at, values, 0);
  if (columns > 1) v128.store_lane<f32>(at, values, 1, 4);
  if (columns > 2) v128.store_lane<f32>(at, values, 2, 8);
}
