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
 * of a pooling window. `list` has room for 32 bytes for each filter and position, and 32 more for each position.
 */
export function pooledInputGradient(
  dX: usize, sampleStride: Bytes, rowStride: Bytes, weights: usize, rows: i32, rowBytes: Bytes,
  tile: i32, dY: usize, yPlane: Bytes, index: usize, positions: usize, taps: usize, tapCount: i32,
  list: usize, filters: i32, positionCount: i32, laneBytes: Bytes,
): void {
  const room = (<usize>filters + 1) << 3, filterStride = <usize>rows * rowBytes;
  for (let n: usize = 0; n < laneBytes; n += 16) {
    memory.fill(dX, 0, 4 * sampleStride);
    for (let p: usize = 0; p < <usize>positionCount; p++) {
      const at = p * laneBytes + n;
      listMaxima(list, room, tapCount, dY + at, yPlane, index + (at >> 1), weights, filterStride, filters);
      let position = dX + <usize>load<i32>(positions + (p << 2)), first = list;
      for (let lane = 0; lane < 4; lane++) {
        for (let place: usize = 0; place < <usize>tapCount; place++) {
          const end = <usize>load<i32>(first);
          if (end != first) {
            let row = position + <usize>load<i32>(taps + (place << 2));
            for (let offset: usize = 0; offset < filterStride; offset += rowBytes) {
              addRuns(row, first + 8, end + 8, offset, rowBytes, tile);
              row += rowStride;
            }
          }
          first += room;
        }
        position += sampleStride;
      }
    }
    dX += 4 * sampleStride;
  }
}

// Lists, for each of four samples and place of the pooling window, the filters that have their maximum there, as
// (weights, gradient). A list starts with the address of its last entry. Every entry is written, and kept only
// where it is not zero: there is no branch to mispredict.
// @ts-ignore: decorator
@inline
function listMaxima(
  list: usize, room: usize, tapCount: i32, dY: usize, yPlane: usize, index: usize, weights: usize,
  filterStride: usize, filters: i32,
): void {
  const own = <usize>tapCount * room, end = list + 4 * own, none = i32x4.splat(NONE);
  for (let first = list; first < end; first += room) store<i32>(first, <i32>first);
  const second = list + own, third = second + own, fourth = third + own;
  for (let f = 0; f < filters; f++) {
    const all = i32x4.extend_low_i16x8_u(v128.load64_zero(index)), isMaximum = i32x4.ne(all, none);
    const tap = i32x4.shr_u(v128.and(all, isMaximum), 2), value = v128.and(v128.load(dY), isMaximum);
    const kept = i32x4.bitmask(f32x4.ne(value, f32x4.splat(0)));
    const address = i32x4.splat(<i32>weights);
    const low = v128.shuffle<i32>(address, value, 0, 4, 1, 5);
    const high = v128.shuffle<i32>(address, value, 2, 6, 3, 7);
    let at = list + <usize>i32x4.extract_lane(tap, 0) * room, last = <usize>load<i32>(at);
    v128.store64_lane(last, low, 0, 8);
    store<i32>(at, <i32>last + ((kept & 1) << 3));
    at = second + <usize>i32x4.extract_lane(tap, 1) * room;
    last = <usize>load<i32>(at);
    v128.store64_lane(last, low, 1, 8);
    store<i32>(at, <i32>last + ((kept & 2) << 2));
    at = third + <usize>i32x4.extract_lane(tap, 2) * room;
    last = <usize>load<i32>(at);
    v128.store64_lane(last, high, 0, 8);
    store<i32>(at, <i32>last + ((kept & 4) << 1));
    at = fourth + <usize>i32x4.extract_lane(tap, 3) * room;
    last = <usize>load<i32>(at);
    v128.store64_lane(last, high, 1, 8);
    store<i32>(at, <i32>last + (kept & 8));
    weights += filterStride;
    dY += yPlane;
    index += yPlane >> 1;
  }
}
