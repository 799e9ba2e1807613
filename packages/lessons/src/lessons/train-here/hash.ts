import { encodeSafetensors } from '@convbook/core';
import type { Shape, StoredTensor } from '@convbook/core';

/** A parameter as a trainer has it. */
export interface Values {
  readonly shape: Shape;
  readonly data: Float32Array<ArrayBuffer>;
}

/**
 * SHA-256 of the file `model.safetensors` that `train` writes of such parameters, in hexadecimal; null where the
 * browser does not compute it.
 */
export async function modelSha256(
  model: string,
  parameters: ReadonlyMap<string, Values>,
): Promise<string | null> {
  const tensors = [...parameters].map(([name, { shape, data }]): [string, StoredTensor] => [
    name,
    { dtype: 'F32', shape, data },
  ]);
  const bytes = encodeSafetensors(new Map(tensors), { format: 'pt', model });
  const { subtle }: { subtle?: SubtleCrypto } = globalThis.crypto;
  if (subtle === undefined) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
