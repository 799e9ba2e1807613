// Input gradient of a convolution followed by max pooling: only the windows' maxima have a
// gradient (pooled-weight-gradient.ts), so only their windows of dX are touched.
//   dX[n][position(p, index) + row][i] += Σ_f dY[f][p][n] · weights[f][row][i]
// Filters whose maximum lies at the same place of a pooling window share the sum, in registers.
import { addRuns } from './add-runs';
import { NONE } from './constants';
import { Bytes } from './units';

/**
 * Overwrites the images dX of the samples (samples.ts), and a row's filling beyond them.
 * `weights` are window rows (window-rows.ts), `tile` that of `addRuns`. `tapCount`: positions
 * of a pooling window. `list` has room for 8 bytes for each filter and position, and 8 more.
 */
export function pooledInputGradient(
  dX: usize, sampleStride: Bytes, rowStride: Bytes, weights: usize, rows: i32, rowBytes: Bytes,
  tile: i32, dY: usize, yPlane: Bytes, index: usize, positions: usize, taps: usize, tapCount: i32,
  list: usize, filters: i32, positionCount: i32, laneBytes: Bytes,
): void {
  const room = (<usize>filters + 1) << 3, filterStride = <usize>rows * rowBytes;
  for (let n: usize = 0; n < laneBytes; n += 4) {
    memory.fill(dX, 0, sampleStride);
    for (let p: usize = 0; p < <usize>positionCount; p++) {
      const at = p * laneBytes + n;
      gather(list, room, tapCount, dY + at, yPlane, index + (at >> 1), weights, filterStride, filters);
      const position = dX + <usize>load<i32>(positions + (p << 2));
      for (let place: usize = 0; place < <usize>tapCount; place++) {
        const first = list + place * room, end = <usize>load<i32>(first);
        if (end == first) continue;
        let row = position + <usize>load<i32>(taps + (place << 2));
        for (let offset: usize = 0; offset < filterStride; offset += rowBytes) {
          addRuns(row, first + 8, end + 8, offset, rowBytes, tile);
          row += rowStride;
        }
      }
    }
    dX += sampleStride;
  }
}

// Lists, for each place of the pooling window, the filters that have their maximum there, as (weights,
// gradient). A list starts with the address of its last entry. Masks of integers take the place of
// conditions, which V8 would compile to branches that no processor can predict.
// @ts-ignore: decorator
@inline
function gather(
  list: usize, room: usize, tapCount: i32, dY: usize, yPlane: usize, index: usize, weights: usize,
  filterStride: usize, filters: i32,
): void {
  for (let place: usize = 0; place < <usize>tapCount; place++) {
    const first = list + place * room;
    store<i32>(first, <i32>first);
  }
  for (let f = 0; f < filters; f++) {
    const tap = <i32>load<u16>(index), mask = (tap - NONE) >> 31, bits = load<i32>(dY) & mask;
    const first = list + <usize>((tap & mask) >> 2) * room, end = <usize>load<i32>(first);
    store<i32>(end, <i32>weights, 8);
    store<i32>(end, bits, 12);
    store<i32>(first, <i32>(end + (<usize>(bits << 1 != 0) << 3)));
    weights += filterStride;
    dY += yPlane;
    index += yPlane >> 1;
  }
}
