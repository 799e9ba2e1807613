// Losses against targets t[c][n]: float32 in lane layout, or one-hot from the labels where
// `targets` is 0. Computed in float64, so that logits of ±1000 stay finite. As in softmaxCrossEntropy,
// `result` is the float64 loss sum over the first `count` samples and the int32 correct answers (ties
// go to the lowest class; with `targets` the largest one is correct), the other lanes get gradient 0,
// and `dX` 0 means no gradient.
//   softCrossEntropy:   Σ_c t · (log Σ exp(x) − x),  t = w[c] · ((1 − smoothing) · target + smoothing / C),
//     with a float64 w for each class at `weights`; all are 1 where it is 0
//   elementwise losses: the mean over classes of
//     BINARY    max(x, 0) − x · t + log(1 + e^−|x|),  the cross-entropy of sigmoid(x)
//     ABSOLUTE  |x − t|
//     SQUARED   (x − t)²
//     HUBER     (x − t)² / 2 within ±delta, else delta · (|x − t| − delta / 2)
import { exp, log } from '../src/math';
import { Bytes, Optional } from './units';

const BINARY: i32 = 0;
const ABSOLUTE: i32 = 1;
const SQUARED: i32 = 2;
const HUBER: i32 = 3;

function largestOf(column: usize, classes: i32, laneBytes: usize): i32 {
  let best = 0;
  let largest = load<f32>(column);
  for (let c = 1; c < classes; c++) {
    const value = load<f32>(column + <usize>c * laneBytes);
    if (value > largest) {
      largest = value;
      best = c;
    }
  }
  return best;
}

// @ts-ignore: decorator
@inline
function labelOf(labels: usize, targets: usize, n: usize, classes: i32, laneBytes: usize): i32 {
  return targets ? largestOf(targets + (n << 2), classes, laneBytes) : <i32>load<u8>(labels + n);
}

// @ts-ignore: decorator
@inline
function targetOf(targets: usize, n: usize, c: i32, laneBytes: usize, label: i32): f64 {
  return targets ? <f64>load<f32>(targets + (n << 2) + <usize>c * laneBytes) : c == label ? 1 : 0;
}

// @ts-ignore: decorator
@inline
function weightOf(weights: usize, c: i32): f64 {
  return weights ? load<f64>(weights + (<usize>c << 3)) : 1;
}

function clearLane(column: usize, classes: i32, laneBytes: usize): void {
  for (let c = 0; c < classes; c++) store<f32>(column + <usize>c * laneBytes, 0);
}

export function softCrossEntropy(
  dX: Optional, x: usize, labels: usize, targets: Optional, classes: i32, laneBytes: Bytes,
  count: i32, smoothing: f64, weights: Optional, result: usize,
): void {
  let loss: f64 = 0, correct = 0;
  const least = smoothing / <f64>classes;
  for (let n: usize = 0; n < laneBytes >> 2; n++) {
    const column = x + (n << 2);
    if (<i32>n >= count) {
      if (dX) clearLane(dX + (n << 2), classes, laneBytes);
      continue;
    }
    const label = labelOf(labels, targets, n, classes, laneBytes);
    const best = largestOf(column, classes, laneBytes);
    const largest = <f64>load<f32>(column + <usize>best * laneBytes);
    if (best == label) correct++;
    let sum: f64 = 0;
    for (let c = 0; c < classes; c++) sum += exp(<f64>load<f32>(column + <usize>c * laneBytes) - largest);
    const logarithm = log(sum);
    let total: f64 = 0;
    for (let c = 0; c < classes; c++) {
      const target = weightOf(weights, c) * ((1 - smoothing) * targetOf(targets, n, c, laneBytes, label) + least);
      loss += target * (logarithm - (<f64>load<f32>(column + <usize>c * laneBytes) - largest));
      total += target;
    }
    if (dX) {
      for (let c = 0; c < classes; c++) {
        const at = <usize>c * laneBytes;
        const target = weightOf(weights, c) * ((1 - smoothing) * targetOf(targets, n, c, laneBytes, label) + least);
        const probability = exp(<f64>load<f32>(column + at) - largest) / sum;
        store<f32>(dX + (n << 2) + at, <f32>(probability * total - target));
      }
    }
  }
  store<f64>(result, loss);
  store<i32>(result, correct, 8);
}

// @ts-ignore: decorator
@inline
function valueOf(kind: i32, x: f64, t: f64, delta: f64): f64 {
  if (kind == BINARY) return max<f64>(x, 0) - x * t + log(1 + exp(-abs<f64>(x)));
  const distance = abs<f64>(x - t);
  if (kind == ABSOLUTE) return distance;
  if (kind == SQUARED) return distance * distance;
  return distance <= delta ? (distance * distance) / 2 : delta * (distance - delta / 2);
}

// @ts-ignore: decorator
@inline
function derivativeOf(kind: i32, x: f64, t: f64, delta: f64): f64 {
  if (kind == BINARY) {
    const power = exp(-abs<f64>(x));
    return (x < 0 ? power : 1) / (1 + power) - t;
  }
  const difference = x - t;
  if (kind == ABSOLUTE) return difference > 0 ? 1 : difference < 0 ? -1 : 0;
  if (kind == SQUARED) return 2 * difference;
  return max<f64>(-delta, min<f64>(delta, difference));
}

// @ts-ignore: decorator
@inline
function elementwise(
  kind: i32, dX: usize, x: usize, labels: usize, targets: usize, classes: i32, laneBytes: usize,
  count: i32, delta: f64, result: usize,
): void {
  let loss: f64 = 0, correct = 0;
  for (let n: usize = 0; n < laneBytes >> 2; n++) {
    const column = x + (n << 2);
    if (<i32>n >= count) {
      if (dX) clearLane(dX + (n << 2), classes, laneBytes);
      continue;
    }
    const label = labelOf(labels, targets, n, classes, laneBytes);
    if (largestOf(column, classes, laneBytes) == label) correct++;
    let sum: f64 = 0;
    for (let c = 0; c < classes; c++) {
      const at = <usize>c * laneBytes, value = <f64>load<f32>(column + at);
      const target = targetOf(targets, n, c, laneBytes, label);
      sum += valueOf(kind, value, target, delta);
      if (dX) {
        const derivative = derivativeOf(kind, value, target, delta);
        store<f32>(dX + (n << 2) + at, <f32>(derivative / <f64>classes));
      }
    }
    loss += sum / <f64>classes;
  }
  store<f64>(result, loss);
  store<i32>(result, correct, 8);
}

/** `kind` is the loss's place in `elementLossNames`; `delta` is Huber's. */
export function elementLoss(
  dX: Optional, x: usize, labels: usize, targets: Optional, classes: i32, laneBytes: Bytes,
  count: i32, kind: i32, delta: f64, result: usize,
): void {
  if (kind == BINARY) elementwise(BINARY, dX, x, labels, targets, classes, laneBytes, count, 0, result);
  else if (kind == ABSOLUTE) {
    elementwise(ABSOLUTE, dX, x, labels, targets, classes, laneBytes, count, 0, result);
  } else if (kind == SQUARED) {
    elementwise(SQUARED, dX, x, labels, targets, classes, laneBytes, count, 0, result);
  } else elementwise(HUBER, dX, x, labels, targets, classes, laneBytes, count, delta, result);
}
