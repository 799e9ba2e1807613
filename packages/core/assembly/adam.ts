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
  const tiny = f32x4.splat(TINY);
  for (const end = p + (<usize>vectors << 4); p < end; p += 16) {
    const old = v128.load(p);
    const gradient = f32x4.add(v128.load(g), f32x4.mul(f32x4.splat(coupled), old));
    let first = f32x4.add(
      f32x4.mul(f32x4.splat(beta1), v128.load(m)), f32x4.mul(f32x4.splat(rest1), gradient),
    );
    let second = f32x4.add(
      f32x4.mul(f32x4.splat(beta2), v128.load(v)),
      f32x4.mul(f32x4.splat(rest2), f32x4.mul(gradient, gradient)),
    );
    first = v128.and(first, f32x4.ge(f32x4.abs(first), tiny));
    second = v128.and(second, f32x4.ge(second, tiny));
    v128.store(m, first);
    v128.store(v, second);
    const divisor = f32x4.add(
      f32x4.mul(f32x4.sqrt(second), f32x4.splat(scale)), f32x4.splat(epsilon),
    );
    const change = f32x4.div(f32x4.mul(f32x4.splat(step), first), divisor);
    v128.store(p, f32x4.sub(f32x4.mul(old, f32x4.splat(keep)), change));
    g += 16;
    m += 16;
    v += 16;
  }
}
