// Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019) as PyTorch writes them:
//   adam:  g += decay · p        adamw: p ·= 1 − rate · decay
//   m = β1 · m + (1 − β1) · g    v = β2 · v + (1 − β2) · g²
//   p −= step · m / (√v · scale + ε),  step = rate / (1 − β1ᵗ),  scale = 1 / √(1 − β2ᵗ)
// Moments below TINY become zero: a denormal costs a hundred times a normal number, and next to
// ε they change no parameter.
import { TINY } from './constants';

/** `keep` is 1 − rate · decay for AdamW, else 1; `coupled` is the decay for Adam, else 0. */
export function adam(
  p: usize, g: usize, m: usize, v: usize, vectors: i32, step: f32, scale: f32, beta1: f32,
  rest1: f32, beta2: f32, rest2: f32, epsilon: f32, keep: f32, coupled: f32,
): void {
  for (let pairs = vectors >> 1; pairs > 0; pairs--) {
    const p0 = v128.load(p), p1 = v128.load(p, 16);
    const g0 = gradient(v128.load(g), p0, coupled), g1 = gradient(v128.load(g, 16), p1, coupled);
    const m0 = firstMoment(v128.load(m), g0, beta1, rest1);
    const m1 = firstMoment(v128.load(m, 16), g1, beta1, rest1);
    const v0 = secondMoment(v128.load(v), g0, beta2, rest2);
    const v1 = secondMoment(v128.load(v, 16), g1, beta2, rest2);
    v128.store(m, m0);
    v128.store(m, m1, 16);
    v128.store(v, v0);
    v128.store(v, v1, 16);
    v128.store(p, updated(p0, m0, v0, step, scale, epsilon, keep));
    v128.store(p, updated(p1, m1, v1, step, scale, epsilon, keep), 16);
    p += 32;
    g += 32;
    m += 32;
    v += 32;
  }
  if (vectors & 1) adamOne(p, g, m, v, step, scale, beta1, rest1, beta2, rest2, epsilon, keep, coupled);
}

function adamOne(
  p: usize, g: usize, m: usize, v: usize, step: f32, scale: f32, beta1: f32, rest1: f32, beta2: f32,
  rest2: f32, epsilon: f32, keep: f32, coupled: f32,
): void {
  const p0 = v128.load(p), g0 = gradient(v128.load(g), p0, coupled);
  const m0 = firstMoment(v128.load(m), g0, beta1, rest1);
  const v0 = secondMoment(v128.load(v), g0, beta2, rest2);
  v128.store(m, m0);
  v128.store(v, v0);
  v128.store(p, updated(p0, m0, v0, step, scale, epsilon, keep));
}

// @ts-ignore: decorator
@inline
function gradient(g: v128, p: v128, coupled: f32): v128 {
  return f32x4.add(g, f32x4.mul(f32x4.splat(coupled), p));
}

// @ts-ignore: decorator
@inline
export function firstMoment(m: v128, g: v128, beta: f32, rest: f32): v128 {
  const next = f32x4.add(f32x4.mul(f32x4.splat(beta), m), f32x4.mul(f32x4.splat(rest), g));
  return v128.and(next, f32x4.ge(f32x4.abs(next), f32x4.splat(TINY)));
}

// @ts-ignore: decorator
@inline
export function secondMoment(v: v128, g: v128, beta: f32, rest: f32): v128 {
  const next = f32x4.add(
    f32x4.mul(f32x4.splat(beta), v), f32x4.mul(f32x4.splat(rest), f32x4.mul(g, g)),
  );
  return v128.and(next, f32x4.ge(next, f32x4.splat(TINY)));
}

// @ts-ignore: decorator
@inline
function updated(
  p: v128, m: v128, v: v128, step: f32, scale: f32, epsilon: f32, keep: f32,
): v128 {
  const divisor = f32x4.add(f32x4.mul(f32x4.sqrt(v), f32x4.splat(scale)), f32x4.splat(epsilon));
  const change = f32x4.div(f32x4.mul(f32x4.splat(step), m), divisor);
  return f32x4.sub(f32x4.mul(p, f32x4.splat(keep)), change);
}
