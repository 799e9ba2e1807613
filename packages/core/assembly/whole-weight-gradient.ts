// dWeights[f][c][t] = (Σ_runs Σ_n dY[f][y + q][n] · x[c][x + q][n]) / divisor, n running over every
// sample of the batch, for a convolution whose weights outweigh its maps. A position of dY and x is
// `laneBytes` long.
// `program`: for each tap `runCount, runs`, the latter an offset from the program's start; a run is
// `y, x, positions`, in positions of the maps. Only positions that a tap has are visited: no padding
// is read.
import { biasGradient } from './convolve-weight-gradient';
import { Bytes } from './units';
import { multiplyAdd, storeTile, sum1, sum4 } from './vector';

/** Filters `from` to `to` of dWeights. A map of dY is `yPlane` bytes, one of x `xPlane`. */
export function convolveWholeGradient(
  dWeights: usize, dY: usize, yPlane: Bytes, x: usize, xPlane: Bytes, laneBytes: Bytes, program: usize,
  channels: i32, tapCount: i32, from: i32, to: i32, divisor: f32,
): void {
  const tapStride = <usize>tapCount << 2;
  const filterStride = <usize>channels * tapStride;
  const isSmall = to - from < 4 || channels < 2;
  for (let tap: usize = 0; tap < <usize>tapCount; tap++) {
    const entry = program + (tap << 3), runs = program + <usize>load<i32>(entry, 4);
    const lastRun = runs + <usize>load<i32>(entry) * 12;
    const out = dWeights + (tap << 2);
    if (isSmall) {
      for (let f = <usize>from; f < <usize>to; f++) {
        for (let c: usize = 0; c < <usize>channels; c++) {
          const sum = correlateRuns1(dY + f * yPlane, x + c * xPlane, laneBytes, runs, lastRun);
          store<f32>(out + f * filterStride + c * tapStride, sum / divisor);
        }
      }
      continue;
    }
    for (let f = from; f < to; f += 4) {
      const first = <usize>min(f, to - 4);
      for (let c = 0; c < channels; c += 2) {
        const channel = <usize>min(c, channels - 2);
        correlateRuns42(
          out + first * filterStride + channel * tapStride, filterStride, tapStride,
          dY + first * yPlane, yPlane, x + channel * xPlane, xPlane, laneBytes, runs, lastRun, divisor,
        );
      }
    }
  }
}

function correlateRuns42(
  dWeights: usize, filterStride: usize, tapStride: usize, dY: usize, stride: usize, x: usize, xPlane: usize,
  laneBytes: usize, runs: usize, lastRun: usize, divisor: f32,
): void {
  const over = f32x4.splat(divisor), zero = f32x4.splat(0);
  let s00 = zero, s01 = zero, s10 = zero, s11 = zero, s20 = zero, s21 = zero, s30 = zero, s31 = zero;
  for (let run = runs; run < lastRun; run += 12) {
    let row = dY + <usize>load<i32>(run) * laneBytes, position = x + <usize>load<i32>(run, 4) * laneBytes;
    for (const stop = row + <usize>load<i32>(run, 8) * laneBytes; row < stop; row += 16) {
      const x0 = v128.load(position), x1 = v128.load(position + xPlane);
      let g = v128.load(row), at = row + stride;
      s00 = multiplyAdd(s00, g, x0);
      s01 = multiplyAdd(s01, g, x1);
      g = v128.load(at);
      at += stride;
      s10 = multiplyAdd(s10, g, x0);
      s11 = multiplyAdd(s11, g, x1);
      g = v128.load(at);
      at += stride;
      s20 = multiplyAdd(s20, g, x0);
      s21 = multiplyAdd(s21, g, x1);
      g = v128.load(at);
      s30 = multiplyAdd(s30, g, x0);
      s31 = multiplyAdd(s31, g, x1);
      position += 16;
    }
  }
  storeTile(
    dWeights, filterStride, tapStride, f32x4.div(sum4(s00, s10, s20, s30), over),
    f32x4.div(sum4(s01, s11, s21, s31), over),
  );
}

function correlateRuns1(dY: usize, x: usize, laneBytes: usize, runs: usize, lastRun: usize): f32 {
  let sum = f32x4.splat(0);
  for (let run = runs; run < lastRun; run += 12) {
    let row = dY + <usize>load<i32>(run) * laneBytes, position = x + <usize>load<i32>(run, 4) * laneBytes;
    for (const stop = row + <usize>load<i32>(run, 8) * laneBytes; row < stop; row += 16) {
      sum = multiplyAdd(sum, v128.load(row), v128.load(position));
      position += 16;
    }
  }
  return sum1(sum);
}

/** dBias[f] = (Σ dY[f]) / divisor; a map of dY is `yPlane` bytes. */
export function wholeBiasGradient(
  dBias: usize, dY: usize, yPlane: Bytes, filters: i32, divisor: f32,
): void {
  biasGradient(dBias, dY, yPlane, filters, i32(yPlane >> 4));
  for (const end = dBias + (<usize>filters << 2); dBias < end; dBias += 4) {
    store<f32>(dBias, load<f32>(dBias) / divisor);
  }
}
