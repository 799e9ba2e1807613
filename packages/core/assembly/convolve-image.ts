// A convolution of images, `[row][column][channel]`, where lanes are neighbouring filters: every sample by itself, so
// that a single one fills the vectors. Each sum has the order of `convolve`: bias, channels, taps.
//   weights: blocks of eight filters, `[channel][tap][filter]`, the last block of four where no more are left
//   program: `[tileCount][tiles…][taps…]`, all int32; a tile has the offsets of four positions in the source and in
//   `out`, start and end of its taps from the program's start; a tap is `sourceOffset, weightOffset` within a channel
// A tap outside of the source reads the zeros around it. A dense layer is a convolution whose window is the whole map.
import { Bytes } from './units';
import { multiplyAdd } from './vector';

const TILE_BYTES: usize = 40;

/**
 * `filters` are rounded up to four, as `out` and `bias` have room for. With `pools`, the positions of a tile are a
 * pooling window: their maximum goes to the first one's place.
 */
export function convolveImage(
  out: usize, outSample: Bytes, source: usize, sourceSample: Bytes, samples: i32, sourcePlane: Bytes,
  weights: usize, weightPlane: Bytes, bias: usize, filters: i32, channels: i32, program: usize, pools: i32,
  relu: i32,
): void {
  const low: f32 = relu ? 0 : -Infinity;
  for (let f = 0; f < filters; f += 8) {
    if (filters - f > 4) {
      tilesOfTwo(
        out, outSample, source, sourceSample, samples, sourcePlane, weights, weightPlane, bias, channels,
        program, pools, low,
      );
    } else {
      tilesOfOne(
        out, outSample, source, sourceSample, samples, sourcePlane, weights, weightPlane >> 1, bias, channels,
        program, pools, low,
      );
    }
    out += 32;
    bias += 32;
    weights += <usize>channels * weightPlane;
  }
}

function tilesOfTwo(
  out: usize, outSample: usize, source: usize, sourceSample: usize, samples: i32, sourcePlane: usize,
  weights: usize, weightPlane: usize, bias: usize, channels: i32, program: usize, pools: i32, low: f32,
): void {
  tiles(
    out, outSample, source, sourceSample, samples, sourcePlane, weights, weightPlane, bias, channels, program,
    pools, low, 2,
  );
}

function tilesOfOne(
  out: usize, outSample: usize, source: usize, sourceSample: usize, samples: i32, sourcePlane: usize,
  weights: usize, weightPlane: usize, bias: usize, channels: i32, program: usize, pools: i32, low: f32,
): void {
  tiles(
    out, outSample, source, sourceSample, samples, sourcePlane, weights, weightPlane, bias, channels, program,
    pools, low, 1,
  );
}

// All tiles of four positions × one or two vectors of filters.
// @ts-ignore: decorator
@inline
function tiles(
  out: usize, outSample: usize, source: usize, sourceSample: usize, samples: i32, sourcePlane: usize,
  weights: usize, weightPlane: usize, bias: usize, channels: i32, program: usize, pools: i32, low: f32,
  vectors: i32,
): void {
  const first = program + 4, last = first + <usize>load<i32>(program) * TILE_BYTES;
  const halve: usize = vectors == 1 ? 1 : 0;
  for (; samples > 0; samples--) {
    for (let tile = first; tile < last; tile += TILE_BYTES) {
      const taps = program + <usize>load<i32>(tile, 32), end = program + <usize>load<i32>(tile, 36);
      let p0 = source + <usize>load<i32>(tile), p1 = source + <usize>load<i32>(tile, 4);
      let p2 = source + <usize>load<i32>(tile, 8), p3 = source + <usize>load<i32>(tile, 12);
      let s00 = v128.load(bias), s10 = s00, s20 = s00, s30 = s00;
      let s01 = vectors == 2 ? v128.load(bias, 16) : s00, s11 = s01, s21 = s01, s31 = s01;
      let filter = weights;
      for (let c = 0; c < channels; c++) {
        for (let tap = taps; tap < end; tap += 8) {
          const at = <usize>load<i32>(tap), w = filter + (<usize>load<i32>(tap, 4) >> halve);
          const k0 = v128.load(w), k1 = vectors == 2 ? v128.load(w, 16) : k0;
          const x0 = v128.load_splat<f32>(p0 + at), x1 = v128.load_splat<f32>(p1 + at);
          const x2 = v128.load_splat<f32>(p2 + at), x3 = v128.load_splat<f32>(p3 + at);
          s00 = multiplyAdd(s00, k0, x0);
          if (vectors == 2) s01 = multiplyAdd(s01, k1, x0);
          s10 = multiplyAdd(s10, k0, x1);
          if (vectors == 2) s11 = multiplyAdd(s11, k1, x1);
          s20 = multiplyAdd(s20, k0, x2);
          if (vectors == 2) s21 = multiplyAdd(s21, k1, x2);
          s30 = multiplyAdd(s30, k0, x3);
          if (vectors == 2) s31 = multiplyAdd(s31, k1, x3);
        }
        p0 += sourcePlane;
        p1 += sourcePlane;
        p2 += sourcePlane;
        p3 += sourcePlane;
        filter += weightPlane;
      }
      const floor = f32x4.splat(low);
      const to = out + <usize>load<i32>(tile, 16);
      if (pools) {
        v128.store(to, f32x4.pmax(largest(s00, s10, s20, s30), floor));
        if (vectors == 2) v128.store(to, f32x4.pmax(largest(s01, s11, s21, s31), floor), 16);
      } else {
        const to1 = out + <usize>load<i32>(tile, 20), to2 = out + <usize>load<i32>(tile, 24);
        const to3 = out + <usize>load<i32>(tile, 28);
        v128.store(to, f32x4.pmax(s00, floor));
        v128.store(to1, f32x4.pmax(s10, floor));
        v128.store(to2, f32x4.pmax(s20, floor));
        v128.store(to3, f32x4.pmax(s30, floor));
        if (vectors == 2) {
          v128.store(to, f32x4.pmax(s01, floor), 16);
          v128.store(to1, f32x4.pmax(s11, floor), 16);
          v128.store(to2, f32x4.pmax(s21, floor), 16);
          v128.store(to3, f32x4.pmax(s31, floor), 16);
        }
      }
    }
    source += sourceSample;
    out += outSample;
  }
}

// The first of equal values, as in max pooling.
// @ts-ignore: decorator
@inline
function largest(a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.pmax(f32x4.pmax(f32x4.pmax(a, b), c), d);
}
