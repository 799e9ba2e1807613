// The direction of LAMB (You et al., 2019, Algorithm 2), for which the trainer finds the rate of each parameter:
//   m = β1 · m + (1 − β1) · g    v = β2 · v + (1 − β2) · g²
//   d = first · m / (√v · scale + ε) + decay · p,  first = 1 / (1 − β1ᵗ),  scale = 1 / √(1 − β2ᵗ)
// It takes the place of the gradient. Moments below TINY become zero, as Adam's.
import { firstMoment, secondMoment } from './adam';

export function lambDirection(
  g: usize, m: usize, v: usize, p: usize, vectors: i32, first: f32, scale: f32, beta1: f32,
  rest1: f32, beta2: f32, rest2: f32, epsilon: f32, decay: f32,
): void {
  for (let pairs = vectors >> 1; pairs > 0; pairs--) {
    const g0 = v128.load(g), g1 = v128.load(g, 16);
    const m0 = firstMoment(v128.load(m), g0, beta1, rest1);
    const m1 = firstMoment(v128.load(m, 16), g1, beta1, rest1);
    const v0 = secondMoment(v128.load(v), g0, beta2, rest2);
    const v1 = secondMoment(v128.load(v, 16), g1, beta2, rest2);
    v128.store(m, m0);
    v128.store(m, m1, 16);
    v128.store(v, v0);
    v128.store(v, v1, 16);
    v128.store(g, direction(v128.load(p), m0, v0, first, scale, epsilon, decay));
    v128.store(g, direction(v128.load(p, 16), m1, v1, first, scale, epsilon, decay), 16);
    g += 32;
    m += 32;
    v += 32;
    p += 32;
  }
  if (vectors & 1) lambDirectionOne(g, m, v, p, first, scale, beta1, rest1, beta2, rest2, epsilon, decay);
}

function lambDirectionOne(
  g: usize, m: usize, v: usize, p: usize, first: f32, scale: f32, beta1: f32, rest1: f32, beta2: f32,
  rest2: f32, epsilon: f32, decay: f32,
): void {
  const m0 = firstMoment(v128.load(m), v128.load(g), beta1, rest1);
  const v0 = secondMoment(v128.load(v), v128.load(g), beta2, rest2);
  v128.store(m, m0);
  v128.store(v, v0);
  v128.store(g, direction(v128.load(p), m0, v0, first, scale, epsilon, decay));
}

// @ts-ignore: decorator
@inline
function direction(
  p: v128, m: v128, v: v128, first: f32, scale: f32, epsilon: f32, decay: f32,
): v128 {
  const divisor = f32x4.add(f32x4.mul(f32x4.sqrt(v), f32x4.splat(scale)), f32x4.splat(epsilon));
  const adam = f32x4.div(f32x4.mul(f32x4.splat(first), m), divisor);
  return f32x4.add(adam, f32x4.mul(f32x4.splat(decay), p));
}
