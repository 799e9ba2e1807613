// Layout of a window program (README.md in this folder).

export const SEGMENT_BYTES: usize = 20;

// @ts-ignore: decorator
@inline
export function segmentCount(program: usize): i32 {
  return load<i32>(program);
}

// @ts-ignore: decorator
@inline
export function segmentAt(program: usize, index: i32): usize {
  return program + 4 + <usize>index * SEGMENT_BYTES;
}

// @ts-ignore: decorator
@inline
export function outputOffset(segment: usize): usize {
  return <usize>load<i32>(segment);
}

// @ts-ignore: decorator
@inline
export function sourceOffset(segment: usize): usize {
  return <usize>load<i32>(segment, 4);
}

// @ts-ignore: decorator
@inline
export function vectorCount(segment: usize): i32 {
  return load<i32>(segment, 8);
}

// @ts-ignore: decorator
@inline
export function tapsOf(program: usize, segment: usize): usize {
  return program + <usize>load<i32>(segment, 12);
}

// @ts-ignore: decorator
@inline
export function tapsEnd(program: usize, segment: usize): usize {
  return tapsOf(program, segment) + (<usize>load<i32>(segment, 16) << 3);
}
