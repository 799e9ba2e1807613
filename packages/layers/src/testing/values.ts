// Values for tests: float32 exactly, the same in every run.
import { elementCount, normal, shuffle, type Shape, type Tensor } from '@convbook/core';
import type { ResolvedModel } from '../calls/resolved.ts';

/** Normally distributed numbers, by name. */
export function normals(name: string, count: number): Float32Array<ArrayBuffer> {
  return normal(1, name, new Float32Array(count));
}

/** Multiples of 1/`parts` from −3/`parts` to 3/`parts`: small sums of products are exact. */
export function fractions(name: string, count: number, parts: number): Float32Array<ArrayBuffer> {
  return normals(name, count).map((value) => Math.max(-3, Math.min(3, Math.round(value))) / parts);
}

/** Numbers from −1 to 1 in float64, none closer than 1/count to 0 or to another. */
export function separated(seed: number, shape: Shape): Tensor<Float64Array> {
  const count = elementCount(shape);
  const data = Float64Array.from(shuffle(seed, 0, count), (place) => (2 * place + 1) / count - 1);
  if (count % 2 === 1) data.forEach((value, i) => (data[i] = value + 0.5 / count));
  return { shape, data };
}

/** Values for every parameter of a model, by full name. */
export function valuesOf(
  model: ResolvedModel,
  make: (name: string, count: number) => Float32Array<ArrayBuffer>,
): Map<string, Float32Array<ArrayBuffer>> {
  return new Map(
    model.parameters.map(({ name, shape }) => [name, make(name, elementCount(shape))]),
  );
}
