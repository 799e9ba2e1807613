// When and how the state is saved, unless it is no longer finite.
import { saveCheckpoint } from '../run/checkpoint.ts';
import type { Cursor } from '../run/cursor.ts';
import { notFinite } from '../run/parameters.ts';
import { divergedUpdate } from './diverged.ts';
import type { RunContext } from './run-context.ts';

/** Writes checkpoint `last`. */
export async function save(context: RunContext, cursor: Cursor): Promise<void> {
  await checkFinite(context, cursor);
  context.syncMetrics();
  const { directory, state, nextCheckpointFault } = context;
  await saveCheckpoint(directory, 'last', state, cursor, nextCheckpointFault());
}

/**
 * Writes checkpoint `last` as soon as the run is told to end while `work`, which changes no parameter, goes on: a
 * launcher may kill the process before that is done.
 */
export async function saveWhenStopped<Result>(
  context: RunContext,
  cursor: Cursor,
  work: () => Promise<Result>,
): Promise<Result> {
  const { signal } = context;
  let saved = Promise.resolve();
  const saveNow = () => {
    saved = save(context, cursor);
    // It is awaited only once the work has ended.
    saved.catch(() => undefined);
  };
  if (signal?.aborted) saveNow();
  signal?.addEventListener('abort', saveNow);
  try {
    return await work();
  } finally {
    signal?.removeEventListener('abort', saveNow);
    await saved;
  }
}

/**
 * An update may leave what no loss has seen yet: it ends the run here at the latest, or with the epoch.
 *
 * @throws DivergedError when a parameter is not finite.
 */
export async function checkFinite(context: RunContext, cursor: Cursor): Promise<void> {
  const name = await notFinite(context.state);
  if (name !== null) throw divergedUpdate(context, cursor, name);
}

/** The batch before which the next checkpoint by steps is due, or the run ends. */
export function nextCheckpoint(context: RunContext, { step, batch }: Cursor): number {
  const { checkpointEvery: every, saveAfter, stopAfter } = context;
  const regular = every === null ? Infinity : every - (step % every);
  const besides = saveAfter !== null && saveAfter > step ? saveAfter - step : Infinity;
  return batch + Math.min(regular, besides, stopAfter - step);
}
