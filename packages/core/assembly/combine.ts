// Sums and differences of positions of maps: the transforms of a bilinear convolution (bilinear.ts).
// A program lists the positions of `out`: `[count]`, then for each `outOffset, outStride, plus, minus` and
// as many entries `sourceOffset, sourceStride`, those that are added before those that are subtracted.
// A stride is the distance from one channel to the next.
import { Bytes, Optional } from './units';

/** `out` of each channel, with bias and ReLU where asked. `bias` 0 means none. */
export function combine(
  out: usize, source: usize, program: usize, channels: i32, laneBytes: Bytes, bias: Optional, relu: i32,
): void {
  const biasStep: usize = bias ? 4 : 0, low: f32 = relu ? 0 : -Infinity, count = load<i32>(program);
  for (let c: usize = 0; c < <usize>channels; c++) {
    let position = program + 4;
    for (let p = 0; p < count; p++) {
      const plus = position + 16, minus = plus + (<usize>load<i32>(position, 8) << 3);
      const end = minus + (<usize>load<i32>(position, 12) << 3);
      const to = addressOf(out, position, c);
      let at: usize = 0;
      for (; at + 128 <= laneBytes; at += 128) sumOf8(to + at, source + at, plus, minus, end, c, bias, low);
      if (at + 96 <= laneBytes) {
        sumOf6(to + at, source + at, plus, minus, end, c, bias, low);
        at += 96;
      }
      for (; at + 32 <= laneBytes; at += 32) sumOf2(to + at, source + at, plus, minus, end, c, bias, low);
      if (at < laneBytes) sumOf1(to + at, source + at, plus, minus, end, c, bias, low);
      position = end;
    }
    bias += biasStep;
  }
}

// @ts-ignore: decorator
@inline
function addressOf(base: usize, entry: usize, channel: usize): usize {
  return base + <usize>load<i32>(entry) + channel * <usize>load<i32>(entry, 4);
}

function sumOf8(
  to: usize, source: usize, plus: usize, minus: usize, end: usize, c: usize, bias: usize, low: f32,
): void {
  sumOf(to, source, plus, minus, end, c, bias, low, 8);
}

function sumOf6(
  to: usize, source: usize, plus: usize, minus: usize, end: usize, c: usize, bias: usize, low: f32,
): void {
  sumOf(to, source, plus, minus, end, c, bias, low, 6);
}

function sumOf2(
  to: usize, source: usize, plus: usize, minus: usize, end: usize, c: usize, bias: usize, low: f32,
): void {
  sumOf(to, source, plus, minus, end, c, bias, low, 2);
}

function sumOf1(
  to: usize, source: usize, plus: usize, minus: usize, end: usize, c: usize, bias: usize, low: f32,
): void {
  let sum = v128.load_splat<f32>(bias);
  for (; plus < minus; plus += 8) sum = f32x4.add(sum, v128.load(addressOf(source, plus, c)));
  for (; minus < end; minus += 8) sum = f32x4.sub(sum, v128.load(addressOf(source, minus, c)));
  v128.store(to, f32x4.pmax(sum, f32x4.splat(low)));
}

// @ts-ignore: decorator
@inline
function sumOf(
  to: usize, source: usize, plus: usize, minus: usize, end: usize, c: usize, bias: usize, low: f32,
  vectors: i32,
): void {
  const floor = f32x4.splat(low);
  let s0 = v128.load_splat<f32>(bias), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  for (; plus < minus; plus += 8) {
    const at = addressOf(source, plus, c);
    s0 = f32x4.add(s0, v128.load(at));
    s1 = f32x4.add(s1, v128.load(at, 16));
    if (vectors > 2) {
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
      s4 = f32x4.add(s4, v128.load(at, 64));
      s5 = f32x4.add(s5, v128.load(at, 80));
    }
    if (vectors == 8) {
      s6 = f32x4.add(s6, v128.load(at, 96));
      s7 = f32x4.add(s7, v128.load(at, 112));
    }
  }
  for (; minus < end; minus += 8) {
    const at = addressOf(source, minus, c);
    s0 = f32x4.sub(s0, v128.load(at));
    s1 = f32x4.sub(s1, v128.load(at, 16));
    if (vectors > 2) {
      s2 = f32x4.sub(s2, v128.load(at, 32));
      s3 = f32x4.sub(s3, v128.load(at, 48));
      s4 = f32x4.sub(s4, v128.load(at, 64));
      s5 = f32x4.sub(s5, v128.load(at, 80));
    }
    if (vectors == 8) {
      s6 = f32x4.sub(s6, v128.load(at, 96));
      s7 = f32x4.sub(s7, v128.load(at, 112));
    }
  }
  v128.store(to, f32x4.pmax(s0, floor));
  v128.store(to, f32x4.pmax(s1, floor), 16);
  if (vectors > 2) {
    v128.store(to, f32x4.pmax(s2, floor), 32);
    v128.store(to, f32x4.pmax(s3, floor), 48);
    v128.store(to, f32x4.pmax(s4, floor), 64);
    v128.store(to, f32x4.pmax(s5, floor), 80);
  }
  if (vectors == 8) {
    v128.store(to, f32x4.pmax(s6, floor), 96);
    v128.store(to, f32x4.pmax(s7, floor), 112);
  }
}
