// The state a run goes on from: that of its last checkpoint, or of its beginning.
import { existsSync } from 'node:fs';
import type { SharedState } from './engine/shared-state.ts';
import { optimizerKinds } from './optimizer.ts';
import { checkpointFile, firstCursor, loadCheckpoint, type Cursor } from './run/checkpoint.ts';
import { initializeState } from './run/parameters.ts';

/**
 * Puts a state back, whatever workers left in it; none may run. Returns where the run goes on.
 *
 * @throws RunDirectoryError when the checkpoint is damaged or of another model.
 */
export async function restoreState(directory: string, state: SharedState): Promise<Cursor> {
  clearState(state);
  const { optimizer } = state.plan.configuration;
  initializeState(state, optimizerKinds[optimizer.name].initialScalars);
  if (!existsSync(checkpointFile(directory, 'last'))) return firstCursor;
  return loadCheckpoint(directory, 'last', state);
}

// Everything but the constants becomes zero, as it was when the state was new.
function clearState({ plan, memory, control, whereabouts }: SharedState): void {
  new Uint8Array(memory.buffer, plan.map.bases.parameters).fill(0);
  control.fill(0);
  whereabouts.fill(0);
}
