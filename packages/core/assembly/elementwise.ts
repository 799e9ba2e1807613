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

/** y = byte / 255 of four bytes a vector. */
export function loadBytes(y: usize, bytes: usize, vectors: i32): void {
  const scale = f32x4.splat(255);
  for (const end = y + (<usize>vectors << 4); y < end; y += 16) {
    const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(bytes)));
    v128.store(y, f32x4.div(f32x4.convert_i32x4_u(words), scale));
    bytes += 4;
  }
}

/** Sets `size` bytes to zero. */
export function clear(at: usize, size: usize): void {
  memory.fill(at, 0, size);
}

/** Copies `planes` planes of `rows` rows of `size` bytes. */
export function copyPlanes(
  to: usize, toPlane: usize, toRow: usize, from: usize, fromPlane: usize, fromRow: usize,
  planes: i32, rows: i32, size: usize,
): void {
  for (let p = 0; p < planes; p++) {
    for (let r: usize = 0; r < <usize>rows; r++) memory.copy(to + r * toRow, from + r * fromRow, size);
    to += toPlane;
    from += fromPlane;
  }
}

/** Copies `rows` rows of whole vectors, `fromRow` bytes long and behind each other, to rows `toRow` apart. */
export function copyRows(to: usize, toRow: usize, from: usize, fromRow: usize, rows: i32): void {
  for (const end = from + <usize>rows * fromRow; from < end; to += toRow) {
    let at = to;
    for (const stop = from + fromRow; from < stop; from += 16) {
      v128.store(at, v128.load(from));
      at += 16;
    }
  }
}
