import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '@convbook/core';
import { opened, type Target } from './target.ts';
import { mutateTensors, tensorMutations } from './tensors.ts';

const tensors = new Map<string, StoredTensor>([
  ['conv1.weight', { dtype: 'F32', shape: [2, 1, 3, 3], data: new Float32Array(18).fill(0.5) }],
  ['conv1.bias', { dtype: 'F32', shape: [2], data: Float32Array.of(1, -1) }],
  ['loss', { dtype: 'F64', shape: [], data: Float64Array.of(2.5) }],
  ['step', { dtype: 'U32', shape: [1], data: Uint32Array.of(7) }],
  ['labels', { dtype: 'U8', shape: [5], data: Uint8Array.of(0, 1, 2, 1, 0) }],
]);

/** Any safetensors file; the files of a run have their own targets. */
export const safetensorsTarget: Target = {
  name: 'safetensors',
  share: 20,
  prepare(folder) {
    const file = join(folder, 'file.safetensors');
    const valid = encodeSafetensors(tensors, { format: 'pt', model: 'small' });
    const change = (changes: Parameters<typeof mutateTensors>[1] | null) => {
      const bytes = changes === null ? valid : mutateTensors(valid, changes);
      writeFileSync(file, bytes);
      return bytes.length;
    };
    return opened(tensorMutations, change, () => decodeSafetensors(readFileSync(file), file));
  },
};
