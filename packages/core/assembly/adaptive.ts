// AdaGrad (Duchi, Hazan and Singer, 2011) and RMSprop (Hinton, 2012), as PyTorch writes them:
//   g += decay · p
//   adagrad:  h += g²                           rmsprop:  h = alpha · h + (1 − alpha) · g²
//   p −= rate · g / (√h + ε)
// Squares below TINY become zero: a denormal costs a hundred times a normal number, and next to ε
// they change no parameter.
import { TINY } from './constants';
import { multiplyAdd } from './vector';

/** h = keep · h + gain · g². AdaGrad: both 1. RMSprop: alpha and 1 − alpha. */
export function adaptive(
  p: usize, g: usize, h: usize, vectors: i32, rate: f32, keep: f32, gain: f32, epsilon: f32,
  decay: f32,
): void {
  for (const end = p + (<usize>vectors << 4); p < end; p += 16) {
    const old = v128.load(p);
    const gradient = multiplyAdd(v128.load(g), f32x4.splat(decay), old);
    let squares = multiplyAdd(
      f32x4.mul(f32x4.splat(keep), v128.load(h)),
      f32x4.splat(gain), f32x4.mul(gradient, gradient),
    );
    squares = v128.and(squares, f32x4.ge(squares, f32x4.splat(TINY)));
    v128.store(h, squares);
    const divisor = f32x4.add(f32x4.sqrt(squares), f32x4.splat(epsilon));
    const change = f32x4.div(f32x4.mul(f32x4.splat(rate), gradient), divisor);
    v128.store(p, f32x4.sub(old, change));
    g += 16;
    h += 16;
  }
}
