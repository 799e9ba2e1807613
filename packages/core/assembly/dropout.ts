// Dropout masks from Philox 4×32-10, keyed by sample and element: the same for any shard or worker.
import { Bytes } from './units';

// @ts-ignore: decorator
@inline
function scaled(word: u32, threshold: u32, keep: f32): f32 {
  return word >= threshold ? keep : 0;
}

/**
 * mask[p][n] = `keep` where the random word of element p of sample n is at least `threshold`, else 0.
 * `draws`: uint32 seed (low, high), epoch, then the data-set index of each lane. `purpose` is the
 * last word of the counter.
 */
export function dropoutMask(
  mask: usize, positions: i32, laneBytes: Bytes, draws: usize, purpose: u32, threshold: u32,
  keep: f32,
): void {
  const key0 = load<u32>(draws), key1 = load<u32>(draws, 4), epoch = load<u32>(draws, 8);
  for (let n: usize = 0; n < laneBytes >> 2; n++) {
    const index = load<u32>(draws + 12 + (n << 2));
    let at = mask + (n << 2);
    for (let p = 0; p < positions; p += 4) {
      let c0 = <u32>p >> 2, c1 = index, c2 = epoch, c3 = purpose, k0 = key0, k1 = key1;
      for (let round = 0; round < 10; round++) {
        const product0 = <u64>0xd2511f53 * <u64>c0, product1 = <u64>0xcd9e8d57 * <u64>c2;
        c0 = <u32>(product1 >> 32) ^ c1 ^ k0;
        c1 = <u32>product1;
        c2 = <u32>(product0 >> 32) ^ c3 ^ k1;
        c3 = <u32>product0;
        k0 += 0x9e3779b9;
        k1 += 0xbb67ae85;
      }
      store<f32>(at, scaled(c0, threshold, keep));
      at += laneBytes;
      if (p + 1 < positions) store<f32>(at, scaled(c1, threshold, keep));
      at += laneBytes;
      if (p + 2 < positions) store<f32>(at, scaled(c2, threshold, keep));
      at += laneBytes;
      if (p + 3 < positions) store<f32>(at, scaled(c3, threshold, keep));
      at += laneBytes;
    }
  }
}

/** y = a · b, element by element. y may be a. */
export function multiply(y: usize, a: usize, b: usize, vectors: i32): void {
  for (const end = y + (<usize>vectors << 4); y < end; y += 16) {
    v128.store(y, f32x4.mul(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
  }
}
