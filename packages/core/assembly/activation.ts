// Elementwise activations and their derivatives, two samples at a time in float64, rounded once. The
// sigmoid has kernels of its own.
import { exponential, logOnePlus, normalDistribution } from './exponential';
import { highPair, joinPairs, lowPair } from './lanes';

const TANH: i32 = 1;
const SOFTPLUS: i32 = 2;
const LEAKY_RELU: i32 = 3;
const ELU: i32 = 4;
const GELU: i32 = 5;
const SILU: i32 = 6;

// @ts-ignore: decorator
@inline
function one(): v128 {
  return f64x2.splat(1);
}

// 1 / (1 + e⁻ˣ), from e^−|x| so that nothing overflows.
// @ts-ignore: decorator
@inline
function sigmoidOf(x: v128): v128 {
  const e = exponential(f64x2.neg(f64x2.abs(x)));
  const isNegative = f64x2.lt(x, f64x2.splat(0));
  return f64x2.div(v128.bitselect(e, one(), isNegative), f64x2.add(one(), e));
}

// x · factor; 0 where the factor is 0: that is the limit for an infinite x.
// @ts-ignore: decorator
@inline
function times(x: v128, factor: v128): v128 {
  const isGone = f64x2.le(f64x2.abs(factor), f64x2.splat(1e-300));
  return v128.andnot(f64x2.mul(x, factor), isGone);
}

// @ts-ignore: decorator
@inline
function valueOf(kind: i32, x: v128, parameter: v128): v128 {
  const isPositive = f64x2.gt(x, f64x2.splat(0));
  if (kind == TANH) {
    const magnitude = f64x2.abs(x);
    const e = exponential(f64x2.mul(magnitude, f64x2.splat(-2)));
    const ratio = f64x2.div(f64x2.sub(one(), e), f64x2.add(one(), e));
    const square = f64x2.mul(x, x);
    const series = f64x2.sub(magnitude, f64x2.mul(magnitude, f64x2.div(square, f64x2.splat(3))));
    const isSmall = f64x2.lt(magnitude, f64x2.splat(1e-4));
    const sign = v128.and(x, f64x2.splat(-0.0));
    return v128.or(v128.bitselect(series, ratio, isSmall), sign);
  }
  if (kind == SOFTPLUS) {
    const rest = logOnePlus(exponential(f64x2.neg(f64x2.abs(x))));
    return f64x2.add(f64x2.max(x, f64x2.splat(0)), rest);
  }
  if (kind == LEAKY_RELU) return v128.bitselect(x, f64x2.mul(x, parameter), isPositive);
  if (kind == ELU) {
    const series = f64x2.add(x, f64x2.mul(f64x2.mul(x, x), f64x2.splat(0.5)));
    const isSmall = f64x2.gt(x, f64x2.splat(-1e-6));
    const rise = v128.bitselect(series, f64x2.sub(exponential(x), one()), isSmall);
    return v128.bitselect(x, f64x2.mul(parameter, rise), isPositive);
  }
  if (kind == GELU) return times(x, normalDistribution(x));
  return times(x, sigmoidOf(x));
}

// @ts-ignore: decorator
@inline
function derivativeOf(kind: i32, x: v128, parameter: v128): v128 {
  const isPositive = f64x2.gt(x, f64x2.splat(0));
  if (kind == TANH) {
    // 4 · e / (1 + e)², e = e^−|2x|.
    const e = exponential(f64x2.mul(f64x2.abs(x), f64x2.splat(-2))), sum = f64x2.add(one(), e);
    return f64x2.div(f64x2.mul(f64x2.splat(4), e), f64x2.mul(sum, sum));
  }
  if (kind == SOFTPLUS) return sigmoidOf(x);
  if (kind == LEAKY_RELU) return v128.bitselect(one(), parameter, isPositive);
  if (kind == ELU) return v128.bitselect(one(), f64x2.mul(parameter, exponential(x)), isPositive);
  if (kind == GELU) {
    // Φ(x) + x · φ(x), φ(x) = e^(−x²/2) / √(2π).
    const density = f64x2.mul(
      exponential(f64x2.mul(f64x2.mul(x, x), f64x2.splat(-0.5))), f64x2.splat(0.3989422804014327),
    );
    return f64x2.add(normalDistribution(x), times(x, density));
  }
  const s = sigmoidOf(x);
  return f64x2.add(s, times(x, f64x2.mul(s, sigmoidOf(f64x2.neg(x)))));
}

// @ts-ignore: decorator
@inline
function forward(kind: i32, y: usize, x: usize, vectors: i32, parameter: v128): void {
  for (const end = y + (<usize>vectors << 4); y < end; y += 16) {
    const value = v128.load(x);
    const low = valueOf(kind, lowPair(value), parameter);
    v128.store(y, joinPairs(low, valueOf(kind, highPair(value), parameter)));
    x += 16;
  }
}

// @ts-ignore: decorator
@inline
function backward(kind: i32, dX: usize, dY: usize, x: usize, vectors: i32, parameter: v128): void {
  for (const end = x + (<usize>vectors << 4); x < end; x += 16) {
    const value = v128.load(x), gradient = v128.load(dY);
    const low = derivativeOf(kind, lowPair(value), parameter);
    const upper = derivativeOf(kind, highPair(value), parameter);
    v128.store(
      dX,
      joinPairs(f64x2.mul(low, lowPair(gradient)), f64x2.mul(upper, highPair(gradient))),
    );
    dX += 16;
    dY += 16;
  }
}

/** y = activation(x); `kind` is its place in `activationNames`, never the sigmoid's; `parameter` its slope or alpha. */
export function activate(y: usize, x: usize, vectors: i32, kind: i32, parameter: f64): void {
  const p = f64x2.splat(parameter);
  if (kind == TANH) forward(TANH, y, x, vectors, p);
  else if (kind == SOFTPLUS) forward(SOFTPLUS, y, x, vectors, p);
  else if (kind == LEAKY_RELU) forward(LEAKY_RELU, y, x, vectors, p);
  else if (kind == ELU) forward(ELU, y, x, vectors, p);
  else if (kind == GELU) forward(GELU, y, x, vectors, p);
  else forward(SILU, y, x, vectors, p);
}

/** dX = dY · activation'(x). dX may be dY. */
export function activateGradient(
  dX: usize, dY: usize, x: usize, vectors: i32, kind: i32, parameter: f64,
): void {
  const p = f64x2.splat(parameter);
  if (kind == TANH) backward(TANH, dX, dY, x, vectors, p);
  else if (kind == SOFTPLUS) backward(SOFTPLUS, dX, dY, x, vectors, p);
  else if (kind == LEAKY_RELU) backward(LEAKY_RELU, dX, dY, x, vectors, p);
  else if (kind == ELU) backward(ELU, dX, dY, x, vectors, p);
  else if (kind == GELU) backward(GELU, dX, dY, x, vectors, p);
  else backward(SILU, dX, dY, x, vectors, p);
}
