// `start.safetensors`: a run that began with trained parameters keeps them, so that it can be resumed and
// verified where their source is gone.
import path from 'node:path';
import { toBytes, type HeaderEntry } from '@convbook/core/files';
import { runFiles } from '@convbook/run';
import { refuseRunFile, withTensorFile, writeFileAtomic } from '@convbook/run/writing';
import type { SharedState } from '../engine/shared-state.ts';
import { readParameters } from '../run/parameters.ts';
import { sha256Of } from '../run/sha256.ts';

/** @throws RunDirectoryError when it cannot be written. */
export function writeStart(directory: string, pieces: readonly Uint8Array[]): Promise<void> {
  return writeFileAtomic(path.join(directory, runFiles.start), pieces);
}

/**
 * Puts the parameters that a run began with in the place of drawn ones; a run without does nothing.
 *
 * @throws RunDirectoryError when the file is missing or is not the one that run.json names.
 */
export async function loadStart(directory: string, state: SharedState): Promise<void> {
  const { start } = state;
  if (!start) return;
  const file = path.join(directory, runFiles.start);
  await withTensorFile(file, async (opened) => {
    const sha256 = await sha256Of(opened.blocks());
    if (sha256 !== start.ownSha256) {
      refuseRunFile(file, `expected SHA-256 ${start.ownSha256} as run.json says, got ${sha256}`);
    }
    const parameters = readParameters(state);
    for (const name of start.taken) {
      const found: HeaderEntry | undefined = opened.tensors.get(name);
      const own = parameters.get(name);
      if (found?.dtype !== 'F32' || found.shape.join() !== own?.shape.join()) {
        refuseRunFile(file, `expected ${name} as a parameter of the model, got another tensor`);
      }
      await opened.readInto(found, toBytes(own.data));
    }
  });
}
