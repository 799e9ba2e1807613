// Stochastic gradient descent, alone and with the momentum of Polyak (1964) and Nesterov (1983), as
// PyTorch writes them:  g += decay · p
//   sgd:       p −= rate · g
//   momentum:  v = momentum · v + g    p −= rate · v
//   nesterov:  v = momentum · v + g    p −= rate · (g + momentum · v)
// Velocities below TINY become zero: a denormal costs a hundred times a normal number.
import { TINY } from './constants';
import { multiplyAdd } from './vector';

export function sgd(p: usize, g: usize, vectors: i32, rate: f32, decay: f32): void {
  for (const end = p + (<usize>vectors << 4); p < end; p += 16) {
    const old = v128.load(p);
    const gradient = multiplyAdd(v128.load(g), f32x4.splat(decay), old);
    v128.store(p, f32x4.sub(old, f32x4.mul(f32x4.splat(rate), gradient)));
    g += 16;
  }
}

// @ts-ignore: decorator
@inline
function descend(
  p: usize, g: usize, v: usize, vectors: i32, rate: f32, momentum: f32, decay: f32, nesterov: bool,
): void {
  for (const end = p + (<usize>vectors << 4); p < end; p += 16) {
    const old = v128.load(p);
    const gradient = multiplyAdd(v128.load(g), f32x4.splat(decay), old);
    let velocity = multiplyAdd(gradient, f32x4.splat(momentum), v128.load(v));
    velocity = v128.and(velocity, f32x4.ge(f32x4.abs(velocity), f32x4.splat(TINY)));
    v128.store(v, velocity);
    const change = nesterov ? multiplyAdd(gradient, f32x4.splat(momentum), velocity) : velocity;
    v128.store(p, f32x4.sub(old, f32x4.mul(f32x4.splat(rate), change)));
    g += 16;
    v += 16;
  }
}

export function momentum(
  p: usize, g: usize, v: usize, vectors: i32, rate: f32, momentum: f32, decay: f32,
): void {
  descend(p, g, v, vectors, rate, momentum, decay, false);
}

export function nesterov(
  p: usize, g: usize, v: usize, vectors: i32, rate: f32, momentum: f32, decay: f32,
): void {
  descend(p, g, v, vectors, rate, momentum, decay, true);
}
