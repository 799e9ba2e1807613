// The epochs of a run: shuffle, train, evaluate, log, save. Everything it decides depends on the
// configuration and the cursor alone.
import { createPosition } from '../engine/control/position.ts';
import type { Evaluation } from '../engine/evaluation-means.ts';
import { orderSamples } from '../engine/order-samples.ts';
import type { Cursor } from '../run/cursor.ts';
import { trainBatches } from './batches.ts';
import { endEpoch, logTimes } from './end-epoch.ts';
import { evaluate } from './evaluate.ts';
import type { RunContext } from './run-context.ts';
import { nextCheckpoint, save } from './save.ts';
import { clearTimes } from './time-events.ts';
import { loggedMeans, trainMeans, type TrainMeans } from './train-means.ts';
import { samplesOf, type Trained } from './trained.ts';
import { isOver } from './watch.ts';

/** How the epochs went; the means are those of the last epoch that began. */
export interface EpochsOutcome extends TrainMeans {
  readonly cursor: Cursor;
  readonly interrupted: boolean;
  /** Means of the final parameters on the test set, which `SharedState.evaluated.test` holds. */
  readonly test: Evaluation;
  /** Time in training steps, and the samples they had. */
  readonly trainSeconds: number;
  readonly trainedSamples: number;
}

/**
 * Trains from the cursor to the end, or until interrupted.
 *
 * @throws DivergedError when a loss, a gradient or a parameter is no longer finite.
 * @throws WorkerError when a worker fails.
 */
export async function runEpochs(context: RunContext, from: Cursor): Promise<EpochsOutcome> {
  createPosition(context.state.control).beginEpoch(from.step - from.batch, from.batch);
  const endPauses = pauseWhenDue(context);
  try {
    return await trainEpochs(context, from);
  } finally {
    endPauses();
  }
}

async function trainEpochs(context: RunContext, from: Cursor): Promise<EpochsOutcome> {
  const { configuration, batchesPerEpoch } = context.state.plan;
  let cursor = from;
  let [trainSeconds, trainedSamples] = [0, 0];
  let means: TrainMeans | null = null;
  let test: Evaluation | null = null;
  while (goesOn(context, cursor)) {
    const begun = await trainEpoch(context, cursor);
    cursor = begun.cursor;
    trainSeconds += begun.trained.seconds;
    trainedSamples += begun.trained.samples;
    means = trainMeans(context, cursor);
    test = null;
    if (cursor.batch < batchesPerEpoch) break;
    ({ cursor, test } = await endEpoch(context, cursor, begun.trained));
  }
  test ??= await evaluate(context, cursor, 'test');
  means ??= cursor.batch > 0 ? trainMeans(context, cursor) : loggedMeans(context);
  const interrupted = !isOver(cursor, configuration);
  return { cursor, interrupted, ...means, test, trainSeconds, trainedSamples };
}

function goesOn(context: RunContext, cursor: Cursor): boolean {
  return !isOver(cursor, context.state.plan.configuration) && !isInterrupted(context, cursor);
}

function isInterrupted({ signal, stopAfter }: RunContext, { step }: Cursor): boolean {
  return signal?.aborted === true || step >= stopAfter;
}

/** Milliseconds: a timer that is longer fires at once. */
const longestTimer = 0x7fffffff;

/** Pauses the engine when a checkpoint is due or the run is aborted; returns what ends that. */
function pauseWhenDue({ engine, signal, checkpointSeconds }: RunContext): () => void {
  const pause = () => engine.pause();
  signal?.addEventListener('abort', pause);
  const due = setInterval(pause, Math.min(longestTimer, 1000 * checkpointSeconds));
  return () => {
    clearInterval(due);
    signal?.removeEventListener('abort', pause);
  };
}

/** Trains the rest of the cursor's epoch, or until interrupted, and saves what is due on the way. */
async function trainEpoch(
  context: RunContext,
  from: Cursor,
): Promise<{ cursor: Cursor; trained: Trained }> {
  const { state, saveAfter } = context;
  const { batchesPerEpoch } = state.plan;
  beginEpoch(context, from);
  let cursor = from;
  let seconds = 0;
  const samples = () => samplesOf(context, from.batch, cursor.batch);
  while (cursor.batch < batchesPerEpoch && !isInterrupted(context, cursor)) {
    const to = Math.min(batchesPerEpoch, nextCheckpoint(context, cursor));
    const startedAt = performance.now();
    cursor = await trainBatches(context, cursor, to, { seconds, samples: samples() });
    seconds += (performance.now() - startedAt) / 1000;
    const isDue = cursor.batch < batchesPerEpoch || cursor.step === saveAfter;
    if (isDue) await save(context, cursor);
  }
  logTimes(context, cursor, from.step + 1);
  return { cursor, trained: { seconds, samples: samples() } };
}

function beginEpoch({ state }: RunContext, { epoch, batch, rateFactor }: Cursor): void {
  const { batchesPerEpoch } = state.plan;
  state.statistics.rateFactor[0] = rateFactor;
  orderSamples(state, epoch);
  createPosition(state.control).beginEpoch((epoch - 1) * batchesPerEpoch, batch);
  clearTimes(state);
}
