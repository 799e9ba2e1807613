// Sums and differences of positions of maps: the transforms of a bilinear convolution (bilinear.ts).
// A program lists the positions of `out` in groups: `[groupCount]`, then for each `positions, plus, minus`, and for
// each of its positions `outOffset, outStride` and as many entries `sourceOffset, sourceStride`, those that
// are added before those that are subtracted. A stride is the distance from one channel to the next.
import { Bytes, Optional } from './units';

/** `out` of each channel, with bias and ReLU where asked. `bias` 0 means none. */
export function combine(
  out: usize, source: usize, program: usize, channels: i32, laneBytes: Bytes, bias: Optional, relu: i32,
): void {
  const biasStep: usize = bias ? 4 : 0, low: f32 = relu ? 0 : -Infinity, groups = load<i32>(program);
  for (let c: usize = 0; c < <usize>channels; c++) {
    let at: usize = 0;
    for (; at + 128 <= laneBytes; at += 128) sumsOf8(out + at, source + at, program + 4, groups, c, bias, low);
    if (at + 96 <= laneBytes) {
      sumsOf6(out + at, source + at, program + 4, groups, c, bias, low);
      at += 96;
    }
    if (at + 64 <= laneBytes) {
      sumsOf4(out + at, source + at, program + 4, groups, c, bias, low);
      at += 64;
    }
    for (; at + 32 <= laneBytes; at += 32) sumsOf2(out + at, source + at, program + 4, groups, c, bias, low);
    if (at < laneBytes) sumsOf1(out + at, source + at, program + 4, groups, c, bias, low);
    bias += biasStep;
  }
}

// @ts-ignore: decorator
@inline
function addressOf(base: usize, entry: usize, channel: usize): usize {
  return base + <usize>load<i32>(entry) + channel * <usize>load<i32>(entry, 4);
}

function sumsOf8(
  out: usize, source: usize, group: usize, groups: i32, c: usize, bias: usize, low: f32,
): void {
  sums(out, source, group, groups, c, bias, low, 8);
}

function sumsOf6(
  out: usize, source: usize, group: usize, groups: i32, c: usize, bias: usize, low: f32,
): void {
  sums(out, source, group, groups, c, bias, low, 6);
}

function sumsOf4(
  out: usize, source: usize, group: usize, groups: i32, c: usize, bias: usize, low: f32,
): void {
  sums(out, source, group, groups, c, bias, low, 4);
}

function sumsOf2(
  out: usize, source: usize, group: usize, groups: i32, c: usize, bias: usize, low: f32,
): void {
  sums(out, source, group, groups, c, bias, low, 2);
}

function sumsOf1(
  out: usize, source: usize, group: usize, groups: i32, c: usize, bias: usize, low: f32,
): void {
  sums(out, source, group, groups, c, bias, low, 1);
}

// @ts-ignore: decorator
@inline
function sums(
  out: usize, source: usize, group: usize, groups: i32, c: usize, bias: usize, low: f32, vectors: i32,
): void {
  const floor = f32x4.splat(low), b = v128.load_splat<f32>(bias);
  for (; groups > 0; groups--) {
    const positions = load<i32>(group), plus = <usize>load<i32>(group, 4) << 3;
    const minus = <usize>load<i32>(group, 8) << 3;
    group += 12;
    for (let p = 0; p < positions; p++) {
      const to = addressOf(out, group, c);
      let s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b;
      group += 8;
      for (const end = group + plus; group < end; group += 8) {
        const at = addressOf(source, group, c);
        s0 = f32x4.add(s0, v128.load(at));
        if (vectors > 1) s1 = f32x4.add(s1, v128.load(at, 16));
        if (vectors > 2) {
          s2 = f32x4.add(s2, v128.load(at, 32));
          s3 = f32x4.add(s3, v128.load(at, 48));
        }
        if (vectors > 4) {
          s4 = f32x4.add(s4, v128.load(at, 64));
          s5 = f32x4.add(s5, v128.load(at, 80));
        }
        if (vectors == 8) {
          s6 = f32x4.add(s6, v128.load(at, 96));
          s7 = f32x4.add(s7, v128.load(at, 112));
        }
      }
      for (const end = group + minus; group < end; group += 8) {
        const at = addressOf(source, group, c);
        s0 = f32x4.sub(s0, v128.load(at));
        if (vectors > 1) s1 = f32x4.sub(s1, v128.load(at, 16));
        if (vectors > 2) {
          s2 = f32x4.sub(s2, v128.load(at, 32));
          s3 = f32x4.sub(s3, v128.load(at, 48));
        }
        if (vectors > 4) {
          s4 = f32x4.sub(s4, v128.load(at, 64));
          s5 = f32x4.sub(s5, v128.load(at, 80));
        }
        if (vectors == 8) {
          s6 = f32x4.sub(s6, v128.load(at, 96));
          s7 = f32x4.sub(s7, v128.load(at, 112));
        }
      }
      v128.store(to, f32x4.pmax(s0, floor));
      if (vectors > 1) v128.store(to, f32x4.pmax(s1, floor), 16);
      if (vectors > 2) {
        v128.store(to, f32x4.pmax(s2, floor), 32);
        v128.store(to, f32x4.pmax(s3, floor), 48);
      }
      if (vectors > 4) {
        v128.store(to, f32x4.pmax(s4, floor), 64);
        v128.store(to, f32x4.pmax(s5, floor), 80);
      }
      if (vectors == 8) {
        v128.store(to, f32x4.pmax(s6, floor), 96);
        v128.store(to, f32x4.pmax(s7, floor), 112);
      }
    }
  }
}
