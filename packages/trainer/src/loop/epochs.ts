// The epochs of a run: shuffle, train, evaluate, log, save. Everything it decides depends on the
// configuration and the cursor alone.
import path from 'node:path';
import { shuffle } from '@convbook/core';
import { runFiles, type MetricsEvent, type TimingEvent } from '@convbook/layers';
import { samplesOf, trainBatches } from './batches.ts';
import { divergedEvaluation, divergedUpdate } from './divergence.ts';
import { BATCHES_DONE, STEPS_BEFORE } from '../engine/control.ts';
import type { Engine } from '../engine/engine.ts';
import { isProfiled } from '../engine/profile.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { treeSum } from '../engine/tree-sum.ts';
import type { NextCheckpointFault } from '../faults/inject-in-checkpoint.ts';
import { writeSnapshot } from '../run/artifacts.ts';
import { saveCheckpoint, type Cursor } from '../run/checkpoint.ts';
import { lastEvent } from '../run/event-log.ts';
import { notFinite } from '../run/parameters.ts';
import { clearTimes, profileEvent, workersEvent } from './time-events.ts';
import { isOver, watchLoss } from './watch.ts';

export interface RunContext {
  readonly directory: string;
  readonly state: SharedState;
  readonly engine: Engine;
  readonly checkpointEvery: number | null;
  readonly checkpointSeconds: number;
  /** A step to save after, besides: the one before a worker failed. */
  readonly saveAfter: number | null;
  /** Only in tests. */
  readonly nextCheckpointFault: NextCheckpointFault;
  readonly signal: AbortSignal | undefined;
  /** Appends to the log and tells the listener. */
  logMetrics(event: MetricsEvent): void;
  logTiming(event: TimingEvent): void;
  metricsBytes(): number;
  /** Hands the metrics to the disk: a checkpoint counts on them. */
  syncMetrics(): void;
  elapsedSeconds(): number;
}

/** How the epochs went. */
export interface EpochsOutcome {
  readonly cursor: Cursor;
  readonly interrupted: boolean;
  /** Means over the finished batches of the last epoch that began. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /** Of the final parameters on the test set, which `SharedState.evaluated[0]` holds. */
  readonly test: Evaluation;
  /** Time in training steps, and the samples they had. */
  readonly trainSeconds: number;
  readonly trainedSamples: number;
}

/** Means over a set. */
export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  readonly correct: number;
  readonly samples: number;
}

/**
 * Trains from the cursor to the end, or until interrupted.
 *
 * @throws DivergedError when a loss, a gradient or a parameter is no longer finite.
 * @throws WorkerError when a worker fails.
 */
export async function runEpochs(context: RunContext, from: Cursor): Promise<EpochsOutcome> {
  const { state, engine, signal } = context;
  const { plan, control } = state;
  const { seed } = plan.configuration;
  let cursor = from;
  let [trainSeconds, trainedSamples] = [0, 0];
  let means: TrainMeans | null = null;
  let test: Evaluation | null = null;
  const onAbort = () => engine.pause();
  signal?.addEventListener('abort', onAbort);
  control[STEPS_BEFORE] = cursor.step - cursor.batch;
  control[BATCHES_DONE] = cursor.batch;
  const dueCheckpoint = setInterval(() => engine.pause(), 1000 * context.checkpointSeconds);
  try {
    while (!isOver(cursor, plan.configuration) && !signal?.aborted) {
      const { epoch } = cursor;
      state.statistics.rateFactor[0] = cursor.rateFactor;
      state.order.set(shuffle(seed, epoch, plan.trainSamples));
      control[STEPS_BEFORE] = (epoch - 1) * plan.batchesPerEpoch;
      let [epochSeconds, epochSamples] = [0, 0];
      const firstStep = cursor.step + 1;
      clearTimes(state);
      while (cursor.batch < plan.batchesPerEpoch && !signal?.aborted) {
        const to = Math.min(plan.batchesPerEpoch, nextCheckpoint(context, cursor));
        const before = cursor.batch;
        const startedAt = performance.now();
        test = null;
        cursor = await trainBatches(context, cursor, to, { epochSeconds, epochSamples });
        epochSeconds += (performance.now() - startedAt) / 1000;
        epochSamples += samplesOf(context, before, cursor.batch);
        const isDue = cursor.batch < plan.batchesPerEpoch || cursor.step === context.saveAfter;
        if (isDue) await save(context, cursor);
      }
      trainSeconds += epochSeconds;
      trainedSamples += epochSamples;
      means = trainMeans(context, cursor);
      logTimes(context, cursor, firstStep);
      if (cursor.batch < plan.batchesPerEpoch) break;
      ({ cursor, test } = await endEpoch(context, cursor, epochSeconds, epochSamples));
    }
  } finally {
    clearInterval(dueCheckpoint);
    signal?.removeEventListener('abort', onAbort);
  }
  const interrupted = !isOver(cursor, plan.configuration);
  test ??= await evaluate(context, cursor, 0);
  means ??= cursor.batch > 0 ? trainMeans(context, cursor) : loggedMeans(context);
  return { cursor, interrupted, ...means, test, trainSeconds, trainedSamples };
}

/**
 * Evaluates the test set (0) or the validation set (1) with the current parameters.
 *
 * @throws DivergedError when a loss or a logit is not finite.
 */
async function evaluate(context: RunContext, cursor: Cursor, set: number): Promise<Evaluation> {
  const { engine, state } = context;
  await engine.evaluate(set);
  const { losses, correct, images } = state.evaluated[set];
  const bad = losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad >= 0) throw await divergedEvaluation(context, cursor, set, bad);
  const hits = treeSum(correct, correct.length);
  return {
    loss: treeSum(losses, losses.length) / images.count,
    accuracy: hits / images.count,
    correct: hits,
    samples: images.count,
  };
}

async function endEpoch(
  context: RunContext,
  cursor: Cursor,
  trainSeconds: number,
  trainedSamples: number,
): Promise<{ cursor: Cursor; test: Evaluation }> {
  const { state, logMetrics, logTiming, metricsBytes } = context;
  const { epoch, step } = cursor;
  const startedAt = performance.now();
  const test = await evaluate(context, cursor, 0);
  const held = state.evaluated.length > 1 ? await evaluate(context, cursor, 1) : null;
  await checkFinite(context, cursor);
  logMetrics({
    ...{ event: 'epoch', epoch, step },
    ...trainMeans(context, cursor),
    ...{ testLoss: test.loss, testAccuracy: test.accuracy, testSamples: test.samples },
    ...(held ? { validationLoss: held.loss, validationAccuracy: held.accuracy } : {}),
  });
  logTiming({
    ...{ event: 'epoch', epoch, step, trainSeconds },
    evaluateSeconds: (performance.now() - startedAt) / 1000,
    imagesPerSecond: trainSeconds > 0 ? trainedSamples / trainSeconds : 0,
  });
  const watched = held ? watchLoss(cursor, held.loss, state.plan.configuration) : cursor;
  const improved = watched.bestLoss < cursor.bestLoss;
  const next: Cursor = {
    ...watched,
    ...{ epoch: epoch + 1, batch: 0, step, epochLoss: 0, epochCorrect: 0 },
    metricsBytes: metricsBytes(),
  };
  await writeSnapshot(context.directory, state, step);
  // Before `last`: a run killed between the two meets this epoch again, and writes it again.
  if (improved) await saveCheckpoint(context.directory, 'best', state, next);
  await save(context, next);
  return { cursor: next, test };
}

/** What the workers measured in the steps of an epoch from `firstStep` on. */
function logTimes({ state, logTiming }: RunContext, cursor: Cursor, firstStep: number): void {
  const { step, epoch } = cursor;
  const timed = Array.from({ length: step - firstStep + 1 }, (_, k) => firstStep + k).filter(
    (own) => isProfiled(state, own),
  );
  const events = [
    workersEvent(state, { step, epoch }),
    profileEvent(state, { step, epoch }, timed.length),
  ];
  for (const event of events) if (event !== null) logTiming(event);
}

type TrainMeans = Pick<EpochsOutcome, 'trainLoss' | 'trainAccuracy'>;

function trainMeans(context: RunContext, cursor: Cursor): TrainMeans {
  const samples = samplesOf(context, 0, cursor.batch) || 1;
  return {
    trainLoss: cursor.epochLoss / samples,
    trainAccuracy: cursor.epochCorrect / samples,
  };
}

// Of the last epoch that ended, for a run that has nothing left to train.
function loggedMeans({ directory }: RunContext): TrainMeans {
  const file = path.join(directory, runFiles.metrics);
  const { trainLoss = 0, trainAccuracy = 0 } =
    lastEvent<MetricsEvent, 'epoch'>(file, 'epoch') ?? {};
  return { trainLoss, trainAccuracy };
}

async function save(context: RunContext, cursor: Cursor): Promise<void> {
  await checkFinite(context, cursor);
  context.syncMetrics();
  const { directory, state, nextCheckpointFault } = context;
  await saveCheckpoint(directory, 'last', state, cursor, nextCheckpointFault());
}

// An update may leave what no loss has seen yet: it ends at the latest here, or with the epoch.
async function checkFinite(context: RunContext, cursor: Cursor): Promise<void> {
  const name = await notFinite(context.state);
  if (name !== null) throw divergedUpdate(context, cursor, name);
}

// The batch before which the next checkpoint by steps is due.
function nextCheckpoint(context: RunContext, { step, batch }: Cursor): number {
  const { checkpointEvery: every, saveAfter } = context;
  const regular = every === null ? Infinity : every - (step % every);
  const besides = saveAfter !== null && saveAfter > step ? saveAfter - step : Infinity;
  return batch + Math.min(regular, besides);
}
