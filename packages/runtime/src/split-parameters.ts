import { elementCount } from '@convbook/core';
import type { ResolvedModel } from '@convbook/layers';

/** Parameters by full name, from their little-endian float32 values one after another in the model's order. */
export function splitParameters(
  model: ResolvedModel,
  bytes: ArrayBuffer,
): ReadonlyMap<string, Float32Array> {
  let offset = 0;
  return new Map(
    model.parameters.map(({ name, shape }) => {
      const values = new Float32Array(bytes, offset, elementCount(shape));
      offset += values.byteLength;
      return [name, values];
    }),
  );
}
