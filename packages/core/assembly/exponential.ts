// Exponential functions of two float64 lanes. Rounding a result to float32 adds half a unit in the last
// place to the error stated here.

// @ts-ignore: decorator
@inline
function horner(sum: v128, x: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, x), f64x2.splat(coefficient));
}

/** eˣ, relative error below 1e-13; x is clamped to ±708. NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const within = f64x2.max(f64x2.min(x, f64x2.splat(708)), f64x2.splat(-708));
  // x = k · ln 2 + r, |r| ≤ ln 2 / 2; k · (high part of ln 2) is exact.
  const k = f64x2.nearest(f64x2.mul(within, f64x2.splat(1.4426950408889634)));
  let r = f64x2.sub(within, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)));
  // Taylor's series to r¹¹ / 11!
  let sum = f64x2.splat(2.505210838544172e-8);
  sum = horner(sum, r, 2.755731922398589e-7);
  sum = horner(sum, r, 2.7557319223985893e-6);
  sum = horner(sum, r, 2.48015873015873e-5);
  sum = horner(sum, r, 1.984126984126984e-4);
  sum = horner(sum, r, 1.388888888888889e-3);
  sum = horner(sum, r, 8.333333333333333e-3);
  sum = horner(sum, r, 4.1666666666666664e-2);
  sum = horner(sum, r, 0.16666666666666666);
  sum = horner(sum, r, 0.5);
  sum = horner(sum, r, 1);
  sum = horner(sum, r, 1);
  // 2ᵏ: adding 1.5 · 2⁵² leaves k in the low bits, from which it is shifted into the exponent.
  const bits = f64x2.add(k, f64x2.splat(6755399441055744));
  const power = i64x2.shl(i64x2.add(bits, i64x2.splat(1023)), 52);
  return f64x2.mul(sum, power);
}

/** log(1 + e) for 0 ≤ e ≤ 1, absolute error below 1e-12: 2 · artanh(e / (2 + e)). */
// @ts-ignore: decorator
@inline
export function logOnePlus(e: v128): v128 {
  const s = f64x2.div(e, f64x2.add(f64x2.splat(2), e)), z = f64x2.mul(s, s);
  let sum = f64x2.splat(1.0 / 23.0);
  sum = horner(sum, z, 1.0 / 21.0);
  sum = horner(sum, z, 1.0 / 19.0);
  sum = horner(sum, z, 1.0 / 17.0);
  sum = horner(sum, z, 1.0 / 15.0);
  sum = horner(sum, z, 1.0 / 13.0);
  sum = horner(sum, z, 1.0 / 11.0);
  sum = horner(sum, z, 1.0 / 9.0);
  sum = horner(sum, z, 1.0 / 7.0);
  sum = horner(sum, z, 1.0 / 5.0);
  sum = horner(sum, z, 1.0 / 3.0);
  sum = horner(sum, z, 1);
  return f64x2.mul(f64x2.add(s, s), sum);
}

/**
 * Φ(x), the normal distribution, error below 6e-8 of Φ(−|x|): erfc by the Chebyshev fit of
 * "Numerical Recipes" (Press et al., 1992), section 6.2.
 */
// @ts-ignore: decorator
@inline
export function normalDistribution(x: v128): v128 {
  const z = f64x2.mul(f64x2.abs(x), f64x2.splat(0.7071067811865476));
  const t = f64x2.div(f64x2.splat(1), horner(f64x2.splat(0.5), z, 1));
  let sum = f64x2.splat(0.17087277);
  sum = horner(sum, t, -0.82215223);
  sum = horner(sum, t, 1.48851587);
  sum = horner(sum, t, -1.13520398);
  sum = horner(sum, t, 0.27886807);
  sum = horner(sum, t, -0.18628806);
  sum = horner(sum, t, 0.09678418);
  sum = horner(sum, t, 0.37409196);
  sum = horner(sum, t, 1.00002368);
  sum = horner(sum, t, -1.26551223);
  const tail = f64x2.mul(
    f64x2.mul(f64x2.splat(0.5), t), exponential(f64x2.sub(sum, f64x2.mul(z, z))),
  );
  const isNegative = f64x2.lt(x, f64x2.splat(0));
  return v128.bitselect(tail, f64x2.sub(f64x2.splat(1), tail), isNegative);
}

/** log(x) for normal positive x: exponent · ln 2 + log(mantissa), relative error below 1e-12. */
// @ts-ignore: decorator
@inline
export function logarithm(x: v128): v128 {
  // The exponent's bits become a number when they replace the last bits of 2⁵².
  const raised = v128.or(i64x2.shr_u(x, 52), f64x2.splat(4503599627370496));
  const exponent = f64x2.sub(f64x2.sub(raised, f64x2.splat(4503599627370496)), f64x2.splat(1023));
  const mantissa = v128.or(
    v128.and(x, i64x2.splat(0x000fffffffffffff)), f64x2.splat(1),
  );
  const rest = logOnePlus(f64x2.sub(mantissa, f64x2.splat(1)));
  return f64x2.add(f64x2.mul(exponent, f64x2.splat(0.6931471805599453)), rest);
}
