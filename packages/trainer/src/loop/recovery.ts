// Epochs that outlive their workers: where one fails, all end, others start, and the steps since the
// last checkpoint are done again. The same state and the same steps give the same bytes.
import { checkSamples } from '@convbook/data';
import { createEngine } from '../engine/create-engine.ts';
import type { ParallelEngineOptions } from '../engine/parallel-engine.ts';
import { WorkerError } from '../engine/worker-error.ts';
import { runEpochs, type EpochsOutcome } from './epochs.ts';
import { clearState, restoreState } from './restore.ts';
import type { Lead } from '../ranks/lead.ts';
import type { RunContext } from './run-context.ts';
import type { Cursor } from '../run/cursor.ts';

/** Everything but the engine, which comes and goes. */
export interface RecoveryContext extends Omit<RunContext, 'engine' | 'saveAfter'> {
  readonly workers: number;
  /** Leads other ranks; null where there are none. */
  readonly lead: Lead | null;
  readonly engineOptions: ParallelEngineOptions;
  /** Cuts the metrics back to a cursor, or begins them anew. */
  logFrom(cursor: Cursor): void;
}

/** Failures in a row that got no further than one before; then the run ends. */
const mostFailures = 3;

/** Workers failed again and again at the same place; the checkpoint before it is kept. */
export class RepeatedFailureError extends Error {
  override readonly name = 'RepeatedFailureError';
  readonly exitCode = 1;
}

/**
 * Trains from the cursor to the end, or until interrupted, with as many workers as it takes; with other
 * ranks none is replaced.
 *
 * @throws RepeatedFailureError when they fail three times and get no further; its cause is the last
 *   worker's error.
 * @throws ChangedSamplesError when images in a file are no longer what they were.
 * @throws DivergedError when a loss, a gradient or a parameter is no longer finite.
 */
export async function runWithRecovery(
  context: RecoveryContext,
  from: Cursor,
): Promise<EpochsOutcome> {
  const { directory, state, workers, engineOptions, lead } = context;
  let cursor = from;
  let [furthest, failures] = [-1, 0];
  for (;;) {
    const own = createEngine(state, workers, engineOptions);
    const engine = lead?.engine(own, state) ?? own;
    let failed: WorkerError;
    try {
      const saveAfter = failures === 0 ? null : furthest;
      return await runEpochs({ ...context, engine, saveAfter }, cursor);
    } catch (error) {
      // Other ranks wait in the same step: all have to end.
      if (!(error instanceof WorkerError) || lead) throw error;
      failed = error;
    } finally {
      await engine.close();
    }
    // Done again, the steps would fail again where images in a file have changed.
    checkSamples(state.train.images);
    checkSamples(state.evaluated.test.images);
    const { stepsDone } = failed.at;
    failures = stepsDone > furthest ? 1 : failures + 1;
    furthest = Math.max(furthest, stepsDone);
    await clearState(state);
    cursor = await restoreState(directory, state);
    logFault(context, failed, cursor.step);
    context.logFrom(cursor);
    if (failures === mostFailures) throw giveUp(failed, cursor.step);
  }
}

function logFault({ logTiming }: RecoveryContext, failed: WorkerError, restoredStep: number): void {
  const { step, message, kind } = failed;
  const { worker } = failed.at;
  logTiming({ event: 'fault', step, worker, what: kind, message, restoredStep });
}

function giveUp(cause: WorkerError, kept: number): RepeatedFailureError {
  const reason = cause.cause instanceof Error ? ` (${cause.cause.message})` : '';
  return new RepeatedFailureError(
    `step ${cause.step}: expected workers to get past it, got ${mostFailures} failures in a row; ` +
      `${cause.message}${reason}; ` +
      (kept > 0
        ? `step ${kept} is saved, go on with --resume`
        : 'no step is saved, --resume begins again'),
    { cause },
  );
}
