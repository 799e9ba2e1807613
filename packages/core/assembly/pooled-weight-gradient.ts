// Weight gradient of a convolution followed by max pooling. Each pooled gradient belongs to
// one position of the map, the window's maximum; all others are zero and are not touched. Samples
// have their maxima at different positions, so each is handled alone: x lies sample by sample,
// padded as the convolution pads (samples.ts), dWeights in window rows (window-rows.ts).
//   dWeights[f][row][i] = Σ_n Σ_p dY[f][p][n] · x[n][position(p, index) + row][i]
import { addRuns } from './add-runs';
import { NONE } from './constants';
import { Bytes } from './units';
import { sum1 } from './vector';

/**
 * Overwrites dWeights and dBias of `filters` filters. `positions`: image offset of each pooled
 * position, `taps`: what the index of a maximum adds to it; both int32 bytes. Zeros
 * follow the `tapCount` taps, at most 64, up to a whole vector. `list` has room for 8 bytes a sample and
 * position, and 8 more. `tile` is that of `addRuns`; reads `rowBytes` of x at each position, so also beyond
 * its end.
 */
export function pooledWeightGradient(
  dWeights: usize, rows: i32, rowBytes: Bytes, tile: i32, dBias: usize, dY: usize, yPlane: Bytes,
  index: usize, x: usize, sampleStride: Bytes, rowStride: Bytes, positions: usize, taps: usize,
  tapCount: i32, list: usize, filters: i32, positionCount: i32, laneBytes: Bytes,
): void {
  const places = taps + (<usize>tapCount << 2), ends = positions + (<usize>positionCount << 2);
  for (let f = 0; f < filters; f++) {
    const end = tapCount > 4
      ? collectLarge(list, dBias, dY, index, x, sampleStride, positions, ends, taps, places, laneBytes)
      : collectSmall(list, dBias, dY, index, x, sampleStride, positions, ends, taps, laneBytes);
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

function collectSmall(
  list: usize, dBias: usize, dY: usize, index: usize, x: usize, sampleStride: usize,
  positions: usize, positionsEnd: usize, taps: usize, laneBytes: usize,
): usize {
  return collect(
    false, list, dBias, dY, index, x, sampleStride, positions, positionsEnd, taps, taps, laneBytes,
  );
}

function collectLarge(
  list: usize, dBias: usize, dY: usize, index: usize, x: usize, sampleStride: usize,
  positions: usize, positionsEnd: usize, taps: usize, tapsEnd: usize, laneBytes: usize,
): usize {
  return collect(
    true, list, dBias, dY, index, x, sampleStride, positions, positionsEnd, taps, tapsEnd, laneBytes,
  );
}

// Lists the gradients that are not zero with the image position each belongs to, four samples at a time, and
// sums them into dBias. Every entry is written, and kept only where it is not zero: there is no branch to
// mispredict. `isLarge`: a window has more places than a vector.
// @ts-ignore: decorator
@inline
function collect(
  isLarge: bool, list: usize, dBias: usize, dY: usize, index: usize, x: usize, sampleStride: usize,
  positions: usize, positionsEnd: usize, taps: usize, tapsEnd: usize, laneBytes: usize,
): usize {
  const zero = f32x4.splat(0);
  let sum = zero;
  for (let n: usize = 0; n < laneBytes; n += 16) {
    let gradient = dY + n, at = index + (n >> 1);
    const image = i32x4.add(i32x4.splat(<i32>x), multiples(sampleStride));
    for (let p = positions; p < positionsEnd; p += 4) {
      const tap = i32x4.extend_low_i16x8_u(v128.load64_zero(at));
      const value = v128.and(v128.load(gradient), i32x4.ne(tap, i32x4.splat(NONE)));
      const place = i32x4.add(image, placeOf(isLarge, tap, taps, tapsEnd));
      const position = i32x4.add(place, v128.load32_splat(p));
      const low = v128.shuffle<i32>(position, value, 0, 4, 1, 5);
      const high = v128.shuffle<i32>(position, value, 2, 6, 3, 7);
      const kept = i32x4.bitmask(f32x4.ne(value, zero));
      v128.store64_lane(list, low, 0);
      list += (kept & 1) << 3;
      v128.store64_lane(list, low, 1);
      list += (kept & 2) << 2;
      v128.store64_lane(list, high, 0);
      list += (kept & 4) << 1;
      v128.store64_lane(list, high, 1);
      list += kept & 8;
      sum = f32x4.add(sum, value);
      gradient += laneBytes;
      at += laneBytes >> 1;
    }
    x += 4 * sampleStride;
  }
  store<f32>(dBias, sum1(sum));
  return list;
}

// 0, 1, 2 and 3 times a number.
// @ts-ignore: decorator
@inline
function multiples(step: usize): v128 {
  return i32x4.mul(i32x4.splat(<i32>step), i32x4(0, 1, 2, 3));
}

// The values of a table at four byte offsets below 256: vectors of the table are looked up by bytes, and one
// that has no such byte gives 0.
// @ts-ignore: decorator
@inline
function placeOf(isLarge: bool, offsets: v128, table: usize, end: usize): v128 {
  let byte = i32x4.add(i32x4.mul(offsets, i32x4.splat(0x01010101)), i32x4.splat(0x03020100));
  let place = i8x16.swizzle(v128.load(table), byte);
  if (isLarge) {
    for (let next = table + 16; next < end; next += 16) {
      byte = i8x16.sub(byte, i8x16.splat(16));
      place = v128.or(place, i8x16.swizzle(v128.load(next), byte));
    }
  }
  return place;
}
