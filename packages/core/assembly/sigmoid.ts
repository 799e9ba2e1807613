// The sigmoid, which LeNet uses, in float32, within 4 ulp.
import { multiplyAdd } from './vector';

// A constant of the polynomial. V8 since Node 24 makes a constant vector anew, by several instructions, wherever
// it is used; from memory it takes one.
// @ts-ignore: decorator
@inline
function constant(constants: usize, index: i32): v128 {
  return v128.load_splat<f32>(constants + (<usize>index << 2));
}

// A step of a polynomial in −x.
// @ts-ignore: decorator
@inline
function horner(sum: v128, x: v128, coefficient: v128): v128 {
  return f32x4.sub(coefficient, f32x4.mul(sum, x));
}

// e⁻ˣ, within 2 ulp; x is clamped to ±87. NaN stays NaN.
// @ts-ignore: decorator
@inline
function exponentialOfNegative(x: v128, constants: usize): v128 {
  const within = f32x4.pmax(f32x4.pmin(x, constant(constants, 0)), constant(constants, 1));
  // Adding 1.5 · 2²³ + 127 leaves k and the exponent's bias in the low bits, from which both are
  // shifted into the exponent of 2ᵏ. The product of k and the first part of log 2 is exact.
  const raised = multiplyAdd(constant(constants, 3), within, constant(constants, 2));
  const k = f32x4.sub(raised, constant(constants, 3));
  let r = multiplyAdd(within, k, constant(constants, 4));
  r = f32x4.sub(r, f32x4.mul(k, constant(constants, 5)));
  // Taylor's series of e⁻ʳ from r⁷ / 7! down.
  let sum = constant(constants, 6);
  sum = horner(sum, r, constant(constants, 7));
  sum = horner(sum, r, constant(constants, 8));
  sum = horner(sum, r, constant(constants, 9));
  sum = horner(sum, r, constant(constants, 10));
  sum = horner(sum, r, constant(constants, 11));
  sum = horner(sum, r, constant(constants, 12));
  sum = horner(sum, r, constant(constants, 12));
  return f32x4.mul(sum, i32x4.shl(raised, 23));
}

// @ts-ignore: decorator
@inline
function sigmoidOf(x: v128, constants: usize): v128 {
  const one = constant(constants, 12);
  return f32x4.div(one, f32x4.add(one, exponentialOfNegative(x, constants)));
}

/** y = 1 / (1 + e⁻ˣ); `constants`: the 13 float32 of `sigmoidConstants`. */
export function sigmoid(y: usize, x: usize, vectors: i32, constants: usize): void {
  const last = <usize>(vectors & ~1) << 4;
  sigmoidPairs(y, x, y + last, constants);
  if (vectors & 1) v128.store(y + last, sigmoidOf(v128.load(x + last), constants));
}

function sigmoidPairs(y: usize, x: usize, end: usize, constants: usize): void {
  for (; y < end; y += 32) {
    const first = sigmoidOf(v128.load(x), constants), second = sigmoidOf(v128.load(x, 16), constants);
    v128.store(y, second, 16);
    v128.store(y, first);
    x += 32;
  }
}

/** dX = dY · y · (1 − y), from the output y. dX may be dY. */
export function sigmoidGradient(dX: usize, dY: usize, y: usize, vectors: i32): void {
  const one = f32x4.splat(1);
  for (const end = y + (<usize>vectors << 4); y < end; y += 16) {
    const value = v128.load(y), slope = f32x4.mul(value, f32x4.sub(one, value));
    v128.store(dX, f32x4.mul(v128.load(dY), slope));
    dX += 16;
    dY += 16;
  }
}
