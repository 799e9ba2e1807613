// The functions of `core/assembly/exponential.ts` for one float64 at a time: the same operations in the same order,
// and so the same bits.

/** Adding 1.5 · 2⁵² leaves a number's nearest integer, a half to the even one. */
const roundingShift = 6755399441055744;

function nearest(x: number): number {
  return x + roundingShift - roundingShift;
}

/** The sum of `coefficients[k] · xᵏ`, from the highest power down. */
function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient);
}

/** 2ᵏ, by its bits. */
function powerOfTwo(k: number): number {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setInt32(0, (k + 1023) << 20);
  return bytes.getFloat64(0);
}

// 1/11!, 1/10!, … 1/0!
const taylor = [
  2.505210838544172e-8, 2.755731922398589e-7, 2.7557319223985893e-6, 2.48015873015873e-5,
  1.984126984126984e-4, 1.388888888888889e-3, 8.333333333333333e-3, 4.1666666666666664e-2,
  0.16666666666666666, 0.5, 1, 1,
]; // prettier-ignore

/** eˣ; x is clamped to ±708. */
export function exponential(x: number): number {
  const within = Math.max(Math.min(x, 708), -708);
  const k = nearest(within * 1.4426950408889634);
  const r = within - k * 0.6931471803691238 - k * 1.9082149292705877e-10;
  return polynomial(r, taylor) * powerOfTwo(k);
}

const artanh = [23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3, 1].map((odd) => 1 / odd);

/** log(1 + e) for 0 ≤ e ≤ 1: 2 · artanh(e / (2 + e)). */
export function logOnePlus(e: number): number {
  const s = e / (2 + e);
  return (s + s) * polynomial(s * s, artanh);
}

/** log(x) of a normal positive x: exponent · ln 2 + log(mantissa). */
export function logarithm(x: number): number {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, x);
  const upper = bytes.getUint32(0);
  const exponent = (upper >>> 20) - 1023;
  bytes.setUint32(0, (upper & 0xfffff) | 0x3ff00000);
  return exponent * 0.6931471805599453 + logOnePlus(bytes.getFloat64(0) - 1);
}

// "Numerical Recipes" (Press et al., 1992), section 6.2.
const chebyshev = [
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196,
  1.00002368, -1.26551223,
]; // prettier-ignore

/** Φ(x), the normal distribution. */
export function normalDistribution(x: number): number {
  const z = Math.abs(x) * 0.7071067811865476;
  const t = 1 / (0.5 * z + 1);
  const tail = 0.5 * t * exponential(polynomial(t, chebyshev) - z * z);
  return x < 0 ? tail : 1 - tail;
}
