// Weight gradient of a convolution followed by max pooling. Each pooled gradient belongs to
// one position of the map, the window's maximum; all others are zero and are not touched. Samples
// have their maxima at different positions, so each is handled alone: x lies sample by sample,
// padded as the convolution pads (samples.ts), dWeights in window rows (window-rows.ts).
//   dWeights[f][row][i] = Σ_n Σ_p dY[f][p][n] · x[n][position(p, index) + row][i]
import { addRuns } from './add-runs';
import { NONE } from './constants';
import { Bytes } from './units';

/**
 * Overwrites dWeights and dBias of `filters` filters. `positions`: image offset of each pooled
 * position, `taps`: what the index of a maximum adds to it; both int32 bytes. `list` has room for
 * 8 bytes a sample and position, and 8 more. `tile` is that of `addRuns`; Reads `rowBytes` of x
 * at each position, so also beyond its end.
 */
export function pooledWeightGradient(
  dWeights: usize, rows: i32, rowBytes: Bytes, tile: i32, dBias: usize, dY: usize, yPlane: Bytes,
  index: usize, x: usize, sampleStride: Bytes, rowStride: Bytes, positions: usize, taps: usize,
  list: usize, filters: i32, positionCount: i32, laneBytes: Bytes,
): void {
  for (let f = 0; f < filters; f++) {
    const end = collect(list, dBias, dY, index, x, sampleStride, positions, taps, positionCount, laneBytes);
    memory.fill(dWeights, 0, <usize>rows * rowBytes);
    for (let row: usize = 0; row < <usize>rows; row++) {
      addRuns(dWeights, list, end, row * rowStride, rowBytes, tile);
      dWeights += rowBytes;
    }
    dBias += 4;
    dY += yPlane;
    index += yPlane >> 1;
  }
}

// Lists the gradients that are not zero with the image position each belongs to, and sums them into
// dBias. Every entry is written, and kept only where it is not zero; masks of integers take the place of
// conditions, which V8 would compile to branches that no processor can predict.
function collect(
  list: usize, dBias: usize, dY: usize, index: usize, x: usize, sampleStride: usize,
  positions: usize, taps: usize, positionCount: i32, laneBytes: usize,
): usize {
  let sum: f32 = 0;
  const end = positions + (<usize>positionCount << 2);
  for (let n: usize = 0; n < laneBytes; n += 4) {
    let gradient = dY + n, at = index + (n >> 1);
    for (let p = positions; p < end; p += 4) {
      const tap = <i32>load<u16>(at);
      const mask = (tap - NONE) >> 31, bits = load<i32>(gradient) & mask;
      store<i32>(list, <i32>x + load<i32>(p) + load<i32>(taps + <usize>(tap & mask)));
      store<i32>(list, bits, 4);
      list += <usize>(bits << 1 != 0) << 3;
      sum += reinterpret<f32>(bits);
      gradient += laneBytes;
      at += laneBytes >> 1;
    }
    x += sampleStride;
  }
  store<f32>(dBias, sum);
  return list;
}
