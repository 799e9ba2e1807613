// The weights' transform of winograd.ts, G g Gᵀ.
import { Bytes } from './units';
import { gather } from './vector';
import { times } from './winograd-vectors';

// G x for three values; the six go `outStride` bytes apart.
// @ts-ignore: decorator
@inline
function transformThree(out: usize, outStride: usize, x0: v128, x1: v128, x2: v128): void {
  const outer = f32x4.add(x0, x2);
  const sixth = times(f32x4.add(outer, x1), -1.0 / 6.0), other = times(f32x4.sub(outer, x1), -1.0 / 6.0);
  const near = f32x4.add(times(x0, 1.0 / 24.0), times(x2, 1.0 / 6.0)), middle = times(x1, 1.0 / 12.0);
  v128.store(out, times(x0, 0.25));
  v128.store(out + outStride, sixth);
  v128.store(out + 2 * outStride, other);
  v128.store(out + 3 * outStride, f32x4.add(near, middle));
  v128.store(out + 4 * outStride, f32x4.sub(near, middle));
  v128.store(out + 5 * outStride, x2);
}

// G x for five values.
// @ts-ignore: decorator
@inline
function transformFive(
  out: usize, outStride: usize, x0: v128, x1: v128, x2: v128, x3: v128, x4: v128,
): void {
  const even = f32x4.add(f32x4.add(x0, x2), x4), odd = f32x4.add(x1, x3);
  const far = f32x4.add(f32x4.add(x0, times(x2, 4)), times(x4, 16));
  const wide = f32x4.add(times(x1, 2), times(x3, 8));
  v128.store(out, times(x0, 0.25));
  v128.store(out + outStride, times(f32x4.add(even, odd), -1.0 / 6.0));
  v128.store(out + 2 * outStride, times(f32x4.sub(even, odd), -1.0 / 6.0));
  v128.store(out + 3 * outStride, times(f32x4.add(far, wide), 1.0 / 24.0));
  v128.store(out + 4 * outStride, times(f32x4.sub(far, wide), 1.0 / 24.0));
  v128.store(out + 5 * outStride, x4);
}

/**
 * U of rows `from` to `to` of `outChannels`, for kernels of `kernelSize` 3 or 5. `turned`: by half a
 * turn, as the input gradient needs it. `scratch` has 30 vectors; `sourceChannels` is at least 4.
 */
export function winogradWeights(
  U: usize, uPlane: Bytes, weights: usize, weightOutStride: Bytes, weightSourceStride: Bytes,
  outChannels: i32, sourceChannels: i32, kernelSize: i32, from: i32, to: i32, turned: i32,
  scratch: usize,
): void {
  const step: usize = turned ? -4 : 4, taps = <usize>kernelSize;
  const start = turned ? (taps * taps - 1) << 2 : 0, down = taps * step, row = taps << 4;
  for (let a = <usize>from; a < <usize>to; a++) {
    for (let b = 0; b < sourceChannels; b += 4) {
      const first = <usize>min(b, sourceChannels - 4);
      let at = weights + a * weightOutStride + first * weightSourceStride + start;
      for (let column = scratch; column < scratch + row; column += 16) {
        const x0 = gather(at, weightSourceStride), x1 = gather(at + down, weightSourceStride);
        const x2 = gather(at + 2 * down, weightSourceStride);
        if (kernelSize == 3) transformThree(column, row, x0, x1, x2);
        else {
          const x3 = gather(at + 3 * down, weightSourceStride), x4 = gather(at + 4 * down, weightSourceStride);
          transformFive(column, row, x0, x1, x2, x3, x4);
        }
        at += step;
      }
      let out = U + ((a * <usize>sourceChannels + first) << 2);
      for (let x = scratch; x < scratch + 6 * row; x += row) {
        const x0 = v128.load(x), x1 = v128.load(x, 16), x2 = v128.load(x, 32);
        if (kernelSize == 3) transformThree(out, uPlane, x0, x1, x2);
        else transformFive(out, uPlane, x0, x1, x2, v128.load(x, 48), v128.load(x, 64));
        out += 6 * uPlane;
      }
    }
  }
}
