// out[c][f][u] = weights[f][c][tap_u], for channels `from` to `to`: the weights in the order in which the input's
// gradient reads them, without the taps that it never reads.
import { Bytes } from './units';

// Channels at once: a line of `out` stays in the first-level cache until it is full.
const BLOCK = 8;

/** `taps`: offset in bytes of each of the `tapCount` taps that are kept, int32. */
export function swapWeights(
  out: usize, weights: usize, filterStride: Bytes, channelStride: Bytes, filters: i32, taps: usize, tapCount: i32,
  from: i32, to: i32,
): void {
  const pair = <usize>tapCount << 2, channel = <usize>filters * pair;
  for (let c = from; c < to; c += BLOCK) {
    const last = <usize>min(c + BLOCK, to);
    for (let f: usize = 0; f < <usize>filters; f++) {
      for (let i = <usize>c; i < last; i++) {
        const source = weights + f * filterStride + i * channelStride, target = out + i * channel + f * pair;
        for (let u: usize = 0; u < pair; u += 4) {
          store<f32>(target + u, load<f32>(source + <usize>load<i32>(taps + u)));
        }
      }
    }
  }
}
