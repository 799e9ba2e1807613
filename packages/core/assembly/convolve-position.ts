// One position of a convolution of an image, as in convolve-image.ts: a dense layer of a single sample, or a window that
// covers the whole map. Each weight is read once, so the speed is that of the memory: three blocks are
// read side by side.
import { Bytes } from './units';
import { multiplyAdd } from './vector';

/** `taps`: the source offset of each tap, int32. Every block has eight filters, `weightPlane` bytes a channel. */
export function convolvePosition(
  out: usize, source: usize, sourcePlane: Bytes, weights: usize, weightPlane: Bytes, bias: usize, blocks: i32,
  channels: i32, taps: usize, tapCount: i32, relu: i32,
): void {
  const low: f32 = relu ? 0 : -Infinity, blockBytes = <usize>channels * weightPlane;
  const end = taps + (<usize>tapCount << 2);
  while (blocks > 0) {
    // Four are two and two: one alone would wait for each addition.
    const size = blocks == 4 ? 2 : min(3, blocks);
    if (size == 3) blocks3(out, source, sourcePlane, weights, weightPlane, blockBytes, bias, channels, taps, end, low);
    else if (size == 2) blocks2(out, source, sourcePlane, weights, weightPlane, blockBytes, bias, channels, taps, end, low);
    else blocks1(out, source, sourcePlane, weights, weightPlane, blockBytes, bias, channels, taps, end, low);
    blocks -= size;
    out += <usize>size << 5;
    bias += <usize>size << 5;
    weights += <usize>size * blockBytes;
  }
}

function blocks3(
  out: usize, source: usize, sourcePlane: usize, weights: usize, weightPlane: usize, blockBytes: usize,
  bias: usize, channels: i32, taps: usize, end: usize, low: f32,
): void {
  sums(out, source, sourcePlane, weights, weightPlane, blockBytes, bias, channels, taps, end, low, 3);
}

function blocks2(
  out: usize, source: usize, sourcePlane: usize, weights: usize, weightPlane: usize, blockBytes: usize,
  bias: usize, channels: i32, taps: usize, end: usize, low: f32,
): void {
  sums(out, source, sourcePlane, weights, weightPlane, blockBytes, bias, channels, taps, end, low, 2);
}

function blocks1(
  out: usize, source: usize, sourcePlane: usize, weights: usize, weightPlane: usize, blockBytes: usize,
  bias: usize, channels: i32, taps: usize, end: usize, low: f32,
): void {
  sums(out, source, sourcePlane, weights, weightPlane, blockBytes, bias, channels, taps, end, low, 1);
}

// @ts-ignore: decorator
@inline
function sums(
  out: usize, source: usize, sourcePlane: usize, weights: usize, weightPlane: usize, blockBytes: usize,
  bias: usize, channels: i32, taps: usize, end: usize, low: f32, blocks: i32,
): void {
  let s0 = v128.load(bias), s1 = v128.load(bias, 16);
  let s2 = blocks > 1 ? v128.load(bias, 32) : s0, s3 = blocks > 1 ? v128.load(bias, 48) : s0;
  let s4 = blocks > 2 ? v128.load(bias, 64) : s0, s5 = blocks > 2 ? v128.load(bias, 80) : s0;
  for (let c = 0; c < channels; c++) {
    let w = weights;
    for (let tap = taps; tap < end; tap += 4) {
      const x = v128.load_splat<f32>(source + <usize>load<i32>(tap));
      s0 = multiplyAdd(s0, v128.load(w), x);
      s1 = multiplyAdd(s1, v128.load(w, 16), x);
      if (blocks > 1) {
        const w1 = w + blockBytes;
        s2 = multiplyAdd(s2, v128.load(w1), x);
        s3 = multiplyAdd(s3, v128.load(w1, 16), x);
      }
      if (blocks > 2) {
        const w2 = w + 2 * blockBytes;
        s4 = multiplyAdd(s4, v128.load(w2), x);
        s5 = multiplyAdd(s5, v128.load(w2, 16), x);
      }
      w += 32;
    }
    source += sourcePlane;
    weights += weightPlane;
  }
  const floor = f32x4.splat(low);
  v128.store(out, f32x4.pmax(s0, floor));
  v128.store(out, f32x4.pmax(s1, floor), 16);
  if (blocks > 1) {
    v128.store(out, f32x4.pmax(s2, floor), 32);
    v128.store(out, f32x4.pmax(s3, floor), 48);
  }
  if (blocks > 2) {
    v128.store(out, f32x4.pmax(s4, floor), 64);
    v128.store(out, f32x4.pmax(s5, floor), 80);
  }
}
