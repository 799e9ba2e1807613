// Elementary functions in float64 from + − × ÷, Math.sqrt, Math.floor and Math.abs alone: the same
// bits in every engine and in the WASM kernels. AssemblyScript compiles this file too (`number` is
// f64): no arrays, objects, closures or imports. exp, log, sin, cos: fdlibm 5.3, Copyright (C) 1993
// by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
// business. Permission to use, copy, modify, and distribute this software is freely granted,
// provided that this notice is preserved. tanh: Cephes 2.8, S. L. Moshier. The errors named below
// were measured against mpmath at 300 bits.

// ln 2 in two parts; products of ln2High with integers below 2^20 are exact.
const ln2High: number = 0.6931471803691238;
const ln2Low: number = 1.9082149292705877e-10;
const inverseLn2: number = 1.4426950408889634;

/**
 * `e` to the power `x`, within 1 unit in the last place.
 *
 * @param x any float64; above 709.78 the result is Infinity, below -745.13 it is 0.
 */
export function exp(x: number): number {
  return isNaN(x) ? NaN : expOfSum(x, 0);
}

/**
 * Natural logarithm of `x`, within 1 unit in the last place.
 *
 * @param x any float64; 0 gives -Infinity, negative numbers give NaN.
 */
export function log(x: number): number {
  if (isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  const k: number = exponentOf(x);
  const f: number = scale(x, -k) - 1;
  const s: number = f / (2 + f);
  const z: number = s * s;
  const w: number = z * z;
  const even: number =
    w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd: number =
    z *
    (0.6666666666666735 +
      w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const halfSquare: number = 0.5 * f * f;
  return k * ln2High - (halfSquare - (s * (halfSquare + (even + odd)) + k * ln2Low) - f);
}

/**
 * Sine of `x` radians, within 1 unit in the last place for |x| ≤ 1e5.
 *
 * @param x radians; beyond ±1e5 the result is NaN, because the argument is reduced with 150 bits of
 *   π only.
 */
export function sin(x: number): number {
  return Math.abs(x) < 7e-9 ? x : sineOfQuarter(x, 0);
}

/**
 * Cosine of `x` radians, within 1 unit in the last place for |x| ≤ 1e5.
 *
 * @param x radians; beyond ±1e5 the result is NaN, because the argument is reduced with 150 bits of
 *   π only.
 */
export function cos(x: number): number {
  return sineOfQuarter(x, 1);
}

/**
 * Hyperbolic tangent of `x`, within 2 units in the last place.
 *
 * @param x any float64; beyond ±22 the result is ±1.
 */
export function tanh(x: number): number {
  if (isNaN(x)) return NaN;
  const magnitude: number = Math.abs(x);
  if (magnitude < 3e-9) return x;
  if (magnitude > 22) return x < 0 ? -1 : 1;
  if (magnitude >= 0.625) {
    const result: number = 1 - 2 / (exp(2 * magnitude) + 1);
    return x < 0 ? -result : result;
  }
  const z: number = x * x;
  const above: number = (-0.9643991794250523 * z - 99.28772310019185) * z - 1614.6876844170845;
  const below: number = ((z + 112.81167849163293) * z + 2235.4883906010045) * z + 4844.063053251255;
  return x + x * z * (above / below);
}

/**
 * `x` to the power `y` with ECMAScript's special cases (`pow(1, Infinity)` is NaN), within 1 unit
 * in the last place.
 *
 * @param x base, any float64.
 * @param y exponent, any float64; where it is not an integer, a negative base gives NaN.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (isNaN(x) || isNaN(y)) return NaN;
  const base: number = Math.abs(x);
  if (base === 1 && Math.abs(y) === Infinity) return NaN;
  if (x < 0 && base < Infinity && Math.floor(y) !== y) return NaN;
  const isOdd: boolean = Math.floor(y) === y && 2 * Math.floor(y / 2) !== y;
  const sign: number = isOdd && (x < 0 || 1 / x < 0) ? -1 : 1;
  if (base === 1) return sign;
  // No base other than 1 has a finite power beyond 2^64.
  if (base === 0 || base === Infinity || Math.abs(y) > 1.8446744073709552e19) {
    return sign * (base > 1 === y > 0 ? Infinity : 0);
  }
  return sign * powerOfPositive(base, y);
}

/** x^y for finite positive x ≠ 1 and |y| ≤ 2^64: exp(y·ln x) with ln x carried in two float64. */
function powerOfPositive(x: number, y: number): number {
  const k: number = exponentOf(x);
  const m: number = scale(x, -k);
  // ln m = 2s·(1 + s²/3 + s⁴/5 + …), s = (m − 1) / (m + 1)
  const f: number = m - 1;
  const g: number = m + 1;
  const s: number = f / g;
  const sg: number = s * g;
  const sLow: number = (f - sg - productError(s, g, sg) - s * sumError(m, 1, g)) / g;
  const q: number = s * s;
  const qLow: number = productError(s, s, q) + 2 * s * sLow;
  const third: number = 0.3333333333333333;
  const c: number = q * third;
  const cLow: number = productError(q, third, c) + q * 1.850371707708594e-17 + qLow * third;
  let tail: number = 0;
  for (let n: number = 27; n >= 5; n -= 2) tail = tail * q + 1 / n;
  tail *= q * q;
  const u: number = c + tail;
  const v: number = 2 * s * u;
  const vLow: number =
    productError(2 * s, u, v) + 2 * s * (sumError(c, tail, u) + cLow) + 2 * sLow * (1 + u);
  const a: number = k * ln2High;
  const b: number = a + 2 * s;
  const d: number = b + v;
  const low: number = sumError(a, 2 * s, b) + sumError(b, v, d) + vLow + k * ln2Low;
  const high: number = d + low;
  const product: number = y * high;
  return expOfSum(product, productError(y, high, product) + y * (d - high + low));
}

/** exp(high + low) for |low| ≤ 2^-40 |high|. */
function expOfSum(high: number, low: number): number {
  if (high > 710) return Infinity;
  if (high < -746) return 0;
  const k: number = Math.floor(high * inverseLn2 + 0.5);
  const upper: number = high - k * ln2High;
  const lower: number = k * ln2Low - low;
  const r: number = upper - lower;
  const t: number = r * r;
  const c: number =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t *
              (0.00006613756321437934 +
                t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))));
  return scale(1 - (lower - (r * c) / (2 - c) - upper), k);
}

/** sin(x + quarters·π/2). */
function sineOfQuarter(x: number, quarters: number): number {
  if (!(Math.abs(x) <= 1e5)) return NaN;
  const n: number = Math.floor(x * 0.6366197723675814 + 0.5);
  // π/2 in four parts: three of 33 bits, so that n times each is exact, and the rest.
  const t: number = x - n * 1.5707963267341256;
  const second: number = -n * 6.077100506303966e-11;
  const third: number = -n * 2.0222662487111665e-21;
  const u: number = t + second;
  const v: number = u + third;
  const rest: number = sumError(t, second, u) + sumError(u, third, v) - n * 8.4784276603689e-32;
  const high: number = v + rest;
  const low: number = v - high + rest;
  const quadrant: number = n + quarters - 4 * Math.floor((n + quarters) / 4);
  const isCosine: boolean = quadrant === 1 || quadrant === 3;
  const result: number = isCosine ? cosineNearZero(high, low) : sineNearZero(high, low);
  return quadrant < 2 ? result : -result;
}

/** sin(x + low) for |x| ≤ π/4. */
function sineNearZero(x: number, low: number): number {
  const z: number = x * x;
  const v: number = z * x;
  const r: number =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 +
        z * (0.0000027557313707070068 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x - (z * (0.5 * low - v * r) - low - v * -0.16666666666666632);
}

/** cos(x + low) for |x| ≤ π/4. */
function cosineNearZero(x: number, low: number): number {
  const z: number = x * x;
  const r: number =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (0.00002480158728947673 +
              z *
                (-2.7557314351390663e-7 +
                  z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half: number = 0.5 * z;
  const w: number = 1 - half;
  return w + (1 - w - half + (z * r - x * low));
}

/** The k with 2^-k·x in [√½, √2), for finite positive x. */
function exponentOf(x: number): number {
  let k: number = 0;
  let m: number = x;
  for (; m < 5.421010862427522e-20; k -= 64) m *= 1.8446744073709552e19;
  for (; m >= 1.8446744073709552e19; k += 64) m *= 5.421010862427522e-20;
  for (; m < 0.00390625; k -= 8) m *= 256;
  for (; m >= 256; k += 8) m *= 0.00390625;
  for (; m < Math.SQRT1_2; k -= 1) m *= 2;
  for (; m >= Math.SQRT2; k += 1) m *= 0.5;
  return k;
}

/** 2^k·x, rounded once, for integers k from -1100 to 1100. */
function scale(x: number, k: number): number {
  if (k > 1000) return x * powerOfTwo(k - 100) * 1.2676506002282294e30;
  if (k < -1000) return x * powerOfTwo(k + 100) * 7.888609052210118e-31;
  return x * powerOfTwo(k);
}

/** 2^k for integers k from -1022 to 1023. */
function powerOfTwo(k: number): number {
  let result: number = 1;
  let square: number = k < 0 ? 0.5 : 2;
  for (let rest: number = Math.abs(k); rest > 0;) {
    const half: number = Math.floor(rest / 2);
    if (rest > 2 * half) result *= square;
    square *= square;
    rest = half;
  }
  return result;
}

/** The rounding error of a + b (Knuth). */
function sumError(a: number, b: number, sum: number): number {
  const second: number = sum - a;
  return a - (sum - second) + (b - second);
}

/** The rounding error of a × b (Dekker). */
function productError(a: number, b: number, product: number): number {
  const aHigh: number = upperHalf(a);
  const bHigh: number = upperHalf(b);
  const aLow: number = a - aHigh;
  const bLow: number = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** The upper 26 bits of x (Veltkamp). */
function upperHalf(x: number): number {
  const spread: number = 134217729 * x;
  return spread - (spread - x);
}
