// Batch normalization (Ioffe and Szegedy, 2015). Sums over a shard and over shards are float64: the
// squares of float32 are exact in it, so E[x²] − E[x]² keeps the precision of x.
//   x̂ = (x − mean) / √(variance + epsilon)      y = weight · x̂ + bias
//   dX = weight / √(variance + epsilon) · (dY − E[dY] − x̂ · E[dY · x̂])
// A channel's map is `plane` bytes in rows of `laneBytes` bytes, of which the first `count` lanes are
// samples. A channel has two float64 in each of `sums`, `means` and `statistics`.
import { highPair, lowPair } from './lanes';
import { Bytes, Optional } from './units';

// @ts-ignore: decorator
@inline
function addPairs(sum: v128, x: v128): v128 {
  return f64x2.add(sum, f64x2.add(lowPair(x), highPair(x)));
}

// @ts-ignore: decorator
@inline
function addSquares(sum: v128, x: v128): v128 {
  const low = lowPair(x), high = highPair(x);
  return f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
}

// @ts-ignore: decorator
@inline
function total(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

// All ones in the lanes below `count` of the vector that starts at byte `at` of a row.
// @ts-ignore: decorator
@inline
function maskAt(at: usize, count: i32): v128 {
  return v128.gt<i32>(i32x4.splat(count - <i32>(at >> 2)), i32x4(0, 1, 2, 3));
}

/** sums[c] = Σ x, Σ x² over the `count` samples of a shard. */
export function batchNormSums(
  sums: usize, x: usize, channels: i32, plane: Bytes, laneBytes: Bytes, count: i32,
): void {
  const whole = <usize>(count & ~3) << 2;
  for (let c = 0; c < channels; c++) {
    let sum = f64x2.splat(0), square = f64x2.splat(0);
    for (const end = x + plane; x < end; x += laneBytes) {
      for (let n: usize = 0; n < whole; n += 16) {
        const value = v128.load(x + n);
        sum = addPairs(sum, value);
        square = addSquares(square, value);
      }
      for (let n = whole; n < laneBytes; n += 16) {
        const value = v128.and(v128.load(x + n), maskAt(n, count));
        sum = addPairs(sum, value);
        square = addSquares(square, value);
      }
    }
    store<f64>(sums, total(sum));
    store<f64>(sums, total(square), 8);
    sums += 16;
  }
}

/** means = the tree of the `shards` sums, `shardStride` bytes apart, over `elements`. Overwrites the sums. */
export function batchNormMeans(
  means: usize, sums: usize, shardStride: Bytes, shards: i32, channels: i32, elements: f64,
): void {
  const size = <usize>channels << 4;
  for (let step = 1; step < shards; step *= 2) {
    for (let s = 0; s + step < shards; s += 2 * step) {
      let to = sums + <usize>s * shardStride, from = to + <usize>step * shardStride;
      for (const end = to + size; to < end; to += 16) {
        v128.store(to, f64x2.add(v128.load(to), v128.load(from)));
        from += 16;
      }
    }
  }
  const divisor = f64x2.splat(elements);
  for (let at: usize = 0; at < size; at += 16) {
    v128.store(means + at, f64x2.div(v128.load(sums + at), divisor));
  }
}

/**
 * statistics: E[x], E[x²] become mean, 1 / √(variance + epsilon). The running mean and, with the
 * divisor `elements` − 1, the running variance move towards the batch's by `momentum`.
 */
export function batchNormStatistics(
  statistics: usize, mean: usize, variance: usize, channels: i32, elements: f64, epsilon: f64,
  momentum: f64,
): void {
  const unbiased = elements / (elements - 1);
  for (let c = 0; c < channels; c++) {
    const first = load<f64>(statistics), second = load<f64>(statistics, 8);
    // Not max(0, …): NaN must stay NaN.
    const difference = second - first * first;
    const own = difference < 0 ? 0 : difference;
    store<f64>(statistics, 1 / sqrt(own + epsilon), 8);
    blend(mean, first, momentum);
    blend(variance, own * unbiased, momentum);
    statistics += 16;
    mean += 4;
    variance += 4;
  }
}

// @ts-ignore: decorator
@inline
function blend(at: usize, to: f64, momentum: f64): void {
  store<f32>(at, <f32>((1 - momentum) * <f64>load<f32>(at) + momentum * to));
}

/** statistics = mean, 1 / √(variance + epsilon), from the running mean and variance. */
export function batchNormRunning(
  statistics: usize, mean: usize, variance: usize, channels: i32, epsilon: f64,
): void {
  for (let c = 0; c < channels; c++) {
    store<f64>(statistics, <f64>load<f32>(mean));
    store<f64>(statistics, 1 / sqrt(<f64>load<f32>(variance) + epsilon), 8);
    statistics += 16;
    mean += 4;
    variance += 4;
  }
}

/** y = (x − mean) · scale + bias, with `relu` its positive part. */
export function batchNorm(
  y: usize, x: usize, statistics: usize, weight: usize, bias: usize, channels: i32, plane: Bytes,
  relu: i32,
): void {
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  for (let c = 0; c < channels; c++) {
    const mean = f32x4.splat(<f32>load<f64>(statistics));
    const scale = f32x4.splat(<f32>(<f64>load<f32>(weight) * load<f64>(statistics, 8)));
    const shift = v128.load_splat<f32>(bias);
    for (const end = x + plane; x < end; x += 16) {
      const value = f32x4.add(f32x4.mul(f32x4.sub(v128.load(x), mean), scale), shift);
      v128.store(y, f32x4.pmax(value, floor));
      y += 16;
    }
    statistics += 16;
    weight += 4;
    bias += 4;
  }
}

/**
 * sums[c] = Σ dY, Σ dY · x̂ over a shard; dBias and dWeight are the same in float32. Where `y` is
 * given it is the output of a ReLU that follows, and dY becomes 0 where that is.
 */
export function batchNormGradientSums(
  sums: usize, dWeight: usize, dBias: usize, dY: usize, x: usize, y: Optional, statistics: usize,
  channels: i32, plane: Bytes,
): void {
  const zero = f32x4.splat(0);
  for (let c = 0; c < channels; c++) {
    const mean = f32x4.splat(<f32>load<f64>(statistics));
    let sum = f64x2.splat(0), product = f64x2.splat(0);
    const end = x + plane;
    if (y) {
      for (; x < end; x += 16) {
        const gradient = v128.and(v128.load(dY), f32x4.gt(v128.load(y), zero));
        v128.store(dY, gradient);
        sum = addPairs(sum, gradient);
        product = addPairs(product, f32x4.mul(gradient, f32x4.sub(v128.load(x), mean)));
        dY += 16;
        y += 16;
      }
    } else {
      for (; x < end; x += 16) {
        const gradient = v128.load(dY);
        sum = addPairs(sum, gradient);
        product = addPairs(product, f32x4.mul(gradient, f32x4.sub(v128.load(x), mean)));
        dY += 16;
      }
    }
    const first = total(sum), second = total(product) * load<f64>(statistics, 8);
    store<f64>(sums, first);
    store<f64>(sums, second, 8);
    store<f32>(dBias, <f32>first);
    store<f32>(dWeight, <f32>second);
    sums += 16;
    dBias += 4;
    dWeight += 4;
    statistics += 16;
  }
}

/** dX from dY and the means of dY and dY · x̂. Lanes without a sample are 0 in dY, and so in dX. */
export function batchNormGradient(
  dX: usize, dY: usize, x: usize, statistics: usize, means: usize, weight: usize, channels: i32,
  plane: Bytes, laneBytes: Bytes, count: i32,
): void {
  const whole = <usize>(count & ~3) << 2;
  for (let c = 0; c < channels; c++) {
    const inverse = load<f64>(statistics, 8), factor = <f64>load<f32>(weight) * inverse;
    const mean = f32x4.splat(<f32>load<f64>(statistics)), scale = f32x4.splat(<f32>factor);
    const shift = f32x4.splat(<f32>(factor * load<f64>(means)));
    const slope = f32x4.splat(<f32>(factor * inverse * load<f64>(means, 8)));
    for (const end = x + plane; x < end; x += laneBytes) {
      for (let n: usize = 0; n < whole; n += 16) {
        v128.store(dX + n, inputGradient(v128.load(dY + n), v128.load(x + n), mean, scale, shift, slope));
      }
      for (let n = whole; n < laneBytes; n += 16) {
        const value = inputGradient(v128.load(dY + n), v128.load(x + n), mean, scale, shift, slope);
        v128.store(dX + n, v128.and(value, maskAt(n, count)));
      }
      dX += laneBytes;
      dY += laneBytes;
    }
    statistics += 16;
    means += 16;
    weight += 4;
  }
}

// @ts-ignore: decorator
@inline
function inputGradient(
  dY: v128, x: v128, mean: v128, scale: v128, shift: v128, slope: v128,
): v128 {
  const direct = f32x4.sub(f32x4.mul(dY, scale), shift);
  return f32x4.sub(direct, f32x4.mul(f32x4.sub(x, mean), slope));
}
