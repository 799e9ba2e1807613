// Sums across lanes, in one fixed order: (0 + 2) + (1 + 3).

// @ts-ignore: decorator
@inline
export function sum4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

// @ts-ignore: decorator
@inline
export function sum1(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 2) +
    (f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 3))
  );
}

// @ts-ignore: decorator
@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

// Four floats, `stride` bytes apart.
// @ts-ignore: decorator
@inline
export function gather(at: usize, stride: usize): v128 {
  let value = v128.load32_zero(at);
  value = v128.load_lane<f32>(at + stride, value, 1);
  value = v128.load_lane<f32>(at + 2 * stride, value, 2);
  return v128.load_lane<f32>(at + 3 * stride, value, 3);
}

// The sums of a tile of four rows and two columns, which lie `down` and `across` bytes apart: the
// columns' four rows are the lanes of `left` and `right`.
// @ts-ignore: decorator
@inline
export function storeTile(at: usize, down: usize, across: usize, left: v128, right: v128): void {
  v128.store_lane<f32>(at, left, 0);
  v128.store_lane<f32>(at + across, right, 0);
  at += down;
  v128.store_lane<f32>(at, left, 1);
  v128.store_lane<f32>(at + across, right, 1);
  at += down;
  v128.store_lane<f32>(at, left, 2);
  v128.store_lane<f32>(at + across, right, 2);
  at += down;
  v128.store_lane<f32>(at, left, 3);
  v128.store_lane<f32>(at + across, right, 3);
}
