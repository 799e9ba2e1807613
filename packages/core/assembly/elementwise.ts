import { Bytes } from './units';

/** y = max(x, 0). */
export function relu(y: usize, x: usize, vectors: i32): void {
  const zero = f32x4.splat(0);
  for (const end = y + (<usize>vectors << 4); y < end; y += 16) {
    v128.store(y, f32x4.pmax(v128.load(x), zero));
    x += 16;
  }
}

/** dX = dY where y > 0, else 0; y is the output of ReLU. dX may be dY. */
export function reluGradient(dX: usize, dY: usize, y: usize, vectors: i32): void {
  const zero = f32x4.splat(0);
  for (const end = y + (<usize>vectors << 4); y < end; y += 16) {
    v128.store(dX, v128.and(v128.load(dY), f32x4.gt(v128.load(y), zero)));
    dX += 16;
    dY += 16;
  }
}

/** y = a + b, with `relu` its positive part. y may be a. */
export function add(y: usize, a: usize, b: usize, vectors: i32, relu: i32): void {
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  for (const end = y + (<usize>vectors << 4); y < end; y += 16) {
    v128.store(y, f32x4.pmax(f32x4.add(v128.load(a), v128.load(b)), floor));
    a += 16;
    b += 16;
  }
}

/** y = byte / 255, four bytes a vector. */
export function loadBytes(y: usize, bytes: usize, vectors: i32): void {
  const scale = f32x4.splat(255);
  for (const end = y + (<usize>vectors << 4); y < end; y += 16) {
    const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(bytes)));
    v128.store(y, f32x4.div(f32x4.convert_i32x4_u(words), scale));
    bytes += 4;
  }
}

/**
 * y = byte · scale + offset for `channels` channels of `vectors` vectors each; `scaling` has the float32
 * scale and offset of each channel.
 */
export function standardizeBytes(
  y: usize, bytes: usize, channels: i32, vectors: i32, scaling: usize,
): void {
  for (const end = scaling + (<usize>channels << 3); scaling < end; scaling += 8) {
    const scale = v128.load32_splat(scaling), offset = v128.load32_splat(scaling, 4);
    for (const last = y + (<usize>vectors << 4); y < last; y += 16) {
      const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(bytes)));
      v128.store(y, f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(words), scale), offset));
      bytes += 4;
    }
  }
}

/** Sets `size` bytes to zero. */
export function clear(at: usize, size: Bytes): void {
  memory.fill(at, 0, size);
}

/** Copies `planes` planes of `rows` rows of `rowBytes` bytes: whole vectors. */
export function copyPlanes(
  to: usize, toPlane: Bytes, toRow: Bytes, from: usize, fromPlane: Bytes, fromRow: Bytes,
  planes: i32, rows: i32, rowBytes: Bytes,
): void {
  for (let p = 0; p < planes; p++) {
    let out = to, at = from;
    for (let r = 0; r < rows; r++) {
      for (let i: usize = 0; i < rowBytes; i += 16) v128.store(out + i, v128.load(at + i));
      out += toRow;
      at += fromRow;
    }
    to += toPlane;
    from += fromPlane;
  }
}
