// dBias[a] = Σ dY[a], even and odd vectors (low and high) apart.
import { Bytes } from './units';
import { sum1, sum4 } from './vector';

/** Sums `vectors` vectors of each dY[a]. Eight sums at a time: a single one would wait for each addition. */
export function biasGradient(
  dBias: usize, dY: usize, yPlane: Bytes, filters: i32, vectors: i32,
): void {
  if (filters < 4) {
    for (const end = dBias + (<usize>filters << 2); dBias < end; dBias += 4) {
      store<f32>(dBias, sumOf(dY, vectors));
      dY += yPlane;
    }
    return;
  }
  for (let a = 0; a < filters; a += 4) {
    const first = <usize>min(a, filters - 4);
    sumOfFour(dBias + (first << 2), dY + first * yPlane, yPlane, vectors);
  }
}

function sumOf(at: usize, vectors: i32): f32 {
  let low = f32x4.splat(0), high = low;
  for (const end = at + (<usize>(vectors & ~1) << 4); at < end; at += 32) {
    low = f32x4.add(low, v128.load(at));
    high = f32x4.add(high, v128.load(at, 16));
  }
  if (vectors & 1) low = f32x4.add(low, v128.load(at));
  return sum1(f32x4.add(low, high));
}

function sumOfFour(dBias: usize, at: usize, yPlane: usize, vectors: i32): void {
  const zero = f32x4.splat(0), two = yPlane + yPlane, three = two + yPlane;
  let l0 = zero, l1 = zero, l2 = zero, l3 = zero, h0 = zero, h1 = zero, h2 = zero, h3 = zero;
  for (const end = at + (<usize>(vectors & ~1) << 4); at < end; at += 32) {
    l0 = f32x4.add(l0, v128.load(at));
    h0 = f32x4.add(h0, v128.load(at, 16));
    l1 = f32x4.add(l1, v128.load(at + yPlane));
    h1 = f32x4.add(h1, v128.load(at + yPlane, 16));
    l2 = f32x4.add(l2, v128.load(at + two));
    h2 = f32x4.add(h2, v128.load(at + two, 16));
    l3 = f32x4.add(l3, v128.load(at + three));
    h3 = f32x4.add(h3, v128.load(at + three, 16));
  }
  if (vectors & 1) {
    l0 = f32x4.add(l0, v128.load(at));
    l1 = f32x4.add(l1, v128.load(at + yPlane));
    l2 = f32x4.add(l2, v128.load(at + two));
    l3 = f32x4.add(l3, v128.load(at + three));
  }
  v128.store(
    dBias, sum4(f32x4.add(l0, h0), f32x4.add(l1, h1), f32x4.add(l2, h2), f32x4.add(l3, h3)),
  );
}

/** dBias[f] = (Σ dY[f]) / divisor; a map of dY is `yPlane` bytes. */
export function wholeBiasGradient(
  dBias: usize, dY: usize, yPlane: Bytes, filters: i32, divisor: f32,
): void {
  biasGradient(dBias, dY, yPlane, filters, i32(yPlane >> 4));
  for (const end = dBias + (<usize>filters << 2); dBias < end; dBias += 4) {
    store<f32>(dBias, load<f32>(dBias) / divisor);
  }
}
