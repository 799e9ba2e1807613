// out[a][q] = bias[a] + Σ_b Σ_taps weights[a][b][tap] · source[b][q + tap], then ReLU where asked.
// Serves the forward pass (a: filters, b: input channels) and the input gradient (a: input channels,
// b: filters): only strides and window program differ.
import { Bytes, Optional } from './units';
import { convolve1, convolve2, convolve4 } from './convolve-tiles';
import {
  outputOffset, segmentAt, segmentCount, sourceOffset, tapsEnd, tapsOf, vectorCount,
} from './program';

/** `bias` 0 means none: address 0 holds zeros. The weights' strides are from a to a and from b to b. */
export function convolve(
  out: usize, outPlane: Bytes, source: usize, sourcePlane: Bytes, weights: usize,
  weightOutStride: Bytes, weightSourceStride: Bytes, bias: Optional, outChannels: i32,
  sourceChannels: i32, program: usize, relu: i32,
): void {
  const biasStep: usize = bias ? 4 : 0;
  const low: f32 = relu ? 0 : -Infinity;
  const segments = segmentCount(program);
  for (let a = 0; a < outChannels;) {
    // The last three channels take a tile of four, which overlaps the tile before.
    if (outChannels - a == 3 && a > 0) a--;
    const left = outChannels - a, tile = left >= 4 ? 4 : left >= 2 ? 2 : 1, first = <usize>a;
    const row = weights + first * weightOutStride, b = bias + first * biasStep;
    for (let s = 0; s < segments; s++) {
      const segment = segmentAt(program, s), vectors = vectorCount(segment);
      const taps = tapsOf(program, segment), end = tapsEnd(program, segment);
      const to = out + first * outPlane + outputOffset(segment), from = source + sourceOffset(segment);
      if (tile == 4) {
        convolve4(
          to, outPlane, from, sourcePlane, row, weightOutStride, weightSourceStride, b, biasStep,
          sourceChannels, taps, end, vectors, low,
        );
      } else if (tile == 2) {
        convolve2(
          to, outPlane, from, sourcePlane, row, weightOutStride, weightSourceStride, b, biasStep,
          sourceChannels, taps, end, vectors, low,
        );
      } else {
        convolve1(to, from, sourcePlane, row, weightSourceStride, b, sourceChannels, taps, end, vectors, low);
      }
    }
    a += tile;
  }
}
