// The state a run goes on from: that of its last checkpoint, or of its beginning.
import { fileSize, slicesOf } from '@convbook/run/writing';
import { createGiveWay } from '../engine/give-way.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { optimizerKinds } from '../optimizers/registry.ts';
import { checkpointFile, loadCheckpoint } from '../run/checkpoint.ts';
import { firstCursor, type Cursor } from '../run/cursor.ts';
import { initializeState } from '../run/parameters.ts';
import { loadStart } from '../start/start-file.ts';

/**
 * Puts a new or cleared state where the run goes on, and returns that place.
 *
 * @throws RunDirectoryError when the checkpoint is damaged or of another model.
 */
export async function restoreState(directory: string, state: SharedState): Promise<Cursor> {
  if (fileSize(checkpointFile(directory, 'last')) !== null)
    return loadCheckpoint(directory, 'last', state);
  const { optimizer } = state.plan.configuration;
  await initializeState(state, optimizerKinds[optimizer.name].initialScalars);
  await loadStart(directory, state);
  return firstCursor;
}

/** Makes everything but the constants zero, as in a new state; no worker may run. */
export async function clearState({ plan, memory, control, whereabouts }: SharedState) {
  const giveWay = createGiveWay();
  for (const part of slicesOf(new Uint8Array(memory.buffer, plan.map.bases.parameters))) {
    part.fill(0);
    await giveWay();
  }
  control.fill(0);
  whereabouts.fill(0);
}
