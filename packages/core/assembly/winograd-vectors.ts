// Shared by Winograd's transforms, which take two vectors of a tile at a time where kernels are wide.

// @ts-ignore: decorator
@inline
export function times(x: v128, factor: f32): v128 {
  return f32x4.mul(x, f32x4.splat(factor));
}

// A sum where kernels are wide: V8 makes a constant of 256 bits anew wherever it is used, by seven instructions.
// @ts-ignore: decorator
@inline
export function two(x: v128): v128 {
  return WIDE ? f32x4.add(x, x) : times(x, 2);
}

// @ts-ignore: decorator
@inline
export function four(x: v128): v128 {
  return WIDE ? two(two(x)) : times(x, 4);
}

// @ts-ignore: decorator
@inline
export function loadSecond(at: usize, vectors: i32): v128 {
  return vectors == 2 ? v128.load(at, 16) : f32x4.splat(0);
}

// @ts-ignore: decorator
@inline
export function storeVectors(at: usize, vectors: i32, first: v128, second: v128): void {
  if (vectors == 2) v128.store(at, second, 16);
  v128.store(at, first);
}

// Bytes that are transformed at once.
// @ts-ignore: decorator
@inline
export function unitBytes(laneBytes: usize): usize {
  return WIDE && (laneBytes & 31) == 0 ? 32 : 16;
}

// All ones where a map has a row or column `index`, else 0: address 0 holds zeros.
// @ts-ignore: decorator
@inline
export function maskInside(index: i32, size: i32): usize {
  return -(<usize>(<u32>index < <u32>size));
}
