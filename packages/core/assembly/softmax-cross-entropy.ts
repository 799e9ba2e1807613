// loss[n] = w[label] · (log Σ_c exp(x[c][n]) − x[label][n]);  dX[c][n] = w[label] · (softmax(x)[c][n] − [c = label])
// In float64, from the largest logit down, so that logits of ±1000 stay finite.
import { exp, log } from '../src/math';
import { Bytes, Optional } from './units';

/**
 * Sums over the first `count` of the shard's samples; the other lanes get gradient 0.
 * `result`: float64 loss sum, then int32 correct answers (ties go to the lowest class).
 * `dX` 0: no gradient. `scratch`: a float64 for each class. `weights` w: a float64 for each class; 0: all are 1.
 */
export function softmaxCrossEntropy(
  dX: Optional, x: usize, labels: usize, classes: i32, laneBytes: Bytes, count: i32,
  scratch: usize, weights: Optional, result: usize,
): void {
  let loss: f64 = 0, correct = 0;
  const height = <usize>classes * laneBytes;
  for (let n: usize = 0; n < laneBytes >> 2; n++) {
    const column = x + (n << 2);
    if (<i32>n >= count) {
      if (dX) for (let at: usize = 0; at < height; at += laneBytes) store<f32>(dX + (n << 2) + at, 0);
      continue;
    }
    const label = <i32>load<u8>(labels + n);
    const weight = weights ? load<f64>(weights + (<usize>label << 3)) : 1;
    let largest = load<f32>(column), best = 0;
    for (let c = 1; c < classes; c++) {
      const value = load<f32>(column + <usize>c * laneBytes);
      if (value > largest) {
        largest = value;
        best = c;
      }
    }
    let sum: f64 = 0;
    for (let at: usize = 0, power = scratch; at < height; at += laneBytes, power += 8) {
      const value = exp(<f64>load<f32>(column + at) - <f64>largest);
      store<f64>(power, value);
      sum += value;
    }
    loss += weight * (log(sum) - (<f64>load<f32>(column + <usize>label * laneBytes) - <f64>largest));
    if (best == label) correct++;
    if (dX) {
      for (let c = 0; c < classes; c++) {
        const probability = load<f64>(scratch + (<usize>c << 3)) / sum;
        const at = dX + (n << 2) + <usize>c * laneBytes;
        store<f32>(at, <f32>(weight * (probability - (c == label ? 1 : 0))));
      }
    }
  }
  store<f64>(result, loss);
  store<i32>(result, correct, 8);
}
