import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { toBytes } from '@convbook/core/files';
import type { StoredTensor } from '@convbook/core';
import {
  checkpointFile,
  loadCheckpoint,
  saveCheckpoint,
} from '../../../packages/trainer/src/run/checkpoint.ts';
import { firstCursor } from '../../../packages/trainer/src/run/cursor.ts';
import { tinyState } from '../../../packages/trainer/src/testing/tiny.ts';
import { opened, type Target } from './target.ts';
import { mutateTensors, tensorMutations } from './tensors.ts';

/** A checkpoint; where only tensors are changed, its hash is made to fit them. */
export const checkpointTarget: Target = {
  name: 'checkpoint',
  share: 10,
  async prepare(folder) {
    const state = await tinyState();
    const file = checkpointFile(folder, 'last');
    mkdirSync(dirname(file));
    await saveCheckpoint(folder, 'last', state, firstCursor);
    const valid = readFileSync(file);
    const change = (changes: Parameters<typeof mutateTensors>[1] | null) => {
      const bytes = changes === null ? valid : mutateTensors(valid, changes, seal);
      writeFileSync(file, bytes);
      return bytes.length;
    };
    return opened(tensorMutations, change, () => loadCheckpoint(folder, 'last', state));
  },
};

// As checkpoint.ts writes it.
function seal(tensors: ReadonlyMap<string, StoredTensor>): Record<string, string> {
  const hash = createHash('sha256');
  for (const name of [...tensors.keys()].sort()) {
    const { dtype, shape, data } = tensors.get(name) as StoredTensor;
    hash.update(`${name} ${dtype} ${shape.join()}\n`);
    hash.update(toBytes(data));
  }
  return { format: 'convbook-checkpoint/1', sha256: hash.digest('hex') };
}
