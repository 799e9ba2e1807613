/** Sizes of the axes, outermost first; users see `[batch, channels, height, width]`. */
export type Shape = readonly number[];

/** float32 as trained, or float64 for the reference. */
export type FloatArray = Float32Array | Float64Array;

/** Numbers with their shape, row-major. */
export interface Tensor<Data extends FloatArray = FloatArray> {
  readonly shape: Shape;
  readonly data: Data;
}

/** Number of elements of a shape; of `[]`, 1. */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** `[30, 24, 24]` as `30×24×24`. */
export function formatShape(shape: Shape): string {
  return shape.join('×');
}

/** A zero array of the same precision as `like`. */
export function zerosLike(like: FloatArray, count: number): FloatArray {
  return like instanceof Float64Array ? new Float64Array(count) : new Float32Array(count);
}
