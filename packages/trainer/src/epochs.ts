// The epochs of a run: shuffle, train, evaluate, log, save. Everything it decides depends on the
// configuration and the cursor alone.
import { DivergedError, shuffle } from '@convbook/core';
import type { MetricsEvent, TimingEvent } from '@convbook/layers';
import { BATCHES_DONE, Halt, STEPS_BEFORE } from './engine/control.ts';
import type { Engine } from './engine/engine.ts';
import { batchNumbers, type SharedState } from './engine/shared-state.ts';
import { batchPlanAt } from './engine/training-plan.ts';
import { treeSum } from './engine/tree-sum.ts';
import { writeSnapshot } from './run/artifacts.ts';
import { saveCheckpoint, type Cursor } from './run/checkpoint.ts';
import { isOver, watchLoss } from './watch.ts';

export interface RunContext {
  readonly directory: string;
  readonly state: SharedState;
  readonly engine: Engine;
  readonly checkpointEvery: number | null;
  readonly signal: AbortSignal | undefined;
  /** Appends to the log and tells the listener. */
  logMetrics(event: MetricsEvent): void;
  logTiming(event: TimingEvent): void;
  metricsBytes(): number;
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

// How often finished steps are logged, and how often a checkpoint is due, in milliseconds.
const pollEvery = 100;
const progressEvery = 1000;
const checkpointEvery = 30_000;

/** @throws DivergedError when the loss or a gradient is no longer finite. */
export async function runEpochs(context: RunContext, from: Cursor): Promise<EpochsOutcome> {
  const { state, engine, signal } = context;
  const { plan, control } = state;
  const { seed } = plan.configuration;
  let cursor = from;
  let [trainSeconds, trainedSamples] = [0, 0];
  let means = { trainLoss: 0, trainAccuracy: 0 };
  let test: Evaluation | null = null;
  const onAbort = () => engine.pause();
  signal?.addEventListener('abort', onAbort);
  const dueCheckpoint = setInterval(() => engine.pause(), checkpointEvery);
  try {
    while (!isOver(cursor, plan.configuration) && !signal?.aborted) {
      const { epoch } = cursor;
      state.statistics.rateFactor[0] = cursor.rateFactor;
      state.order.set(shuffle(seed, epoch, plan.trainSamples));
      control[STEPS_BEFORE] = (epoch - 1) * plan.batchesPerEpoch;
      let [epochSeconds, epochSamples] = [0, 0];
      while (cursor.batch < plan.batchesPerEpoch && !signal?.aborted) {
        const to = Math.min(plan.batchesPerEpoch, nextCheckpoint(context, cursor));
        const before = cursor.batch;
        const startedAt = performance.now();
        test = null;
        cursor = await trainBatches(context, cursor, to, { epochSeconds, epochSamples });
        epochSeconds += (performance.now() - startedAt) / 1000;
        epochSamples += samplesOf(context, before, cursor.batch);
        if (cursor.batch < plan.batchesPerEpoch) await save(context, cursor);
      }
      trainSeconds += epochSeconds;
      trainedSamples += epochSamples;
      means = trainMeans(context, cursor);
      if (cursor.batch < plan.batchesPerEpoch) break;
      ({ cursor, test } = await endEpoch(context, cursor, epochSeconds, epochSamples));
    }
  } finally {
    clearInterval(dueCheckpoint);
    signal?.removeEventListener('abort', onAbort);
  }
  const interrupted = !isOver(cursor, plan.configuration);
  test ??= await evaluate(context, 0);
  return { cursor, interrupted, ...means, test, trainSeconds, trainedSamples };
}

/** Evaluates the test set (0) or the validation set (1) with the current parameters. */
export async function evaluate({ engine, state }: RunContext, set: number): Promise<Evaluation> {
  await engine.evaluate(set);
  const { losses, correct, images } = state.evaluated[set];
  const hits = treeSum(correct, correct.length);
  return {
    loss: treeSum(losses, losses.length) / images.count,
    accuracy: hits / images.count,
    correct: hits,
    samples: images.count,
  };
}

// Trains up to batch `to` and logs each finished step in order.
async function trainBatches(
  context: RunContext,
  cursor: Cursor,
  to: number,
  before: { epochSeconds: number; epochSamples: number },
): Promise<Cursor> {
  const { state, engine } = context;
  const { control } = state;
  let current = cursor;
  const logFinished = () => {
    const done = Atomics.load(control, BATCHES_DONE);
    while (current.batch < done) current = logStep(context, current);
  };
  const startedAt = performance.now();
  control[BATCHES_DONE] = cursor.batch;
  const poll = setInterval(logFinished, pollEvery);
  const progress = setInterval(() => {
    const seconds = before.epochSeconds + (performance.now() - startedAt) / 1000;
    const samples = before.epochSamples + samplesOf(context, cursor.batch, current.batch);
    context.logTiming({
      event: 'progress',
      step: current.step,
      epoch: current.epoch,
      elapsedSeconds: context.elapsedSeconds(),
      imagesPerSecond: samples / seconds,
    });
  }, progressEvery);
  try {
    const { halt } = await engine.train(cursor.batch, to);
    logFinished();
    checkFinite(halt, current);
    return current;
  } finally {
    clearInterval(poll);
    clearInterval(progress);
  }
}

function logStep({ state, logMetrics, metricsBytes }: RunContext, cursor: Cursor): Cursor {
  const { plan, statistics } = state;
  const samples = batchPlanAt(plan, cursor.batch).batchSize;
  const at = cursor.batch * batchNumbers;
  const [loss, correct, learningRate, gradientNorm] = statistics.batches.subarray(
    at,
    at + batchNumbers,
  );
  const step = cursor.step + 1;
  const { epoch } = cursor;
  const mean = loss / samples;
  logMetrics({
    event: 'step',
    step,
    epoch,
    samples,
    loss: mean,
    correct,
    learningRate,
    gradientNorm,
  });
  return {
    ...cursor,
    step,
    batch: cursor.batch + 1,
    epochLoss: cursor.epochLoss + loss,
    epochCorrect: cursor.epochCorrect + correct,
    metricsBytes: metricsBytes(),
  };
}

function checkFinite(halt: Halt, { step, epoch }: Cursor): void {
  if (halt !== Halt.lossNotFinite && halt !== Halt.gradientNotFinite) return;
  const what = halt === Halt.lossNotFinite ? 'loss' : 'gradient';
  throw new DivergedError(
    `step ${step + 1}, epoch ${epoch}: the ${what} is no longer finite; ` +
      'the last checkpoint is kept; lower the learning rate',
  );
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
  const test = await evaluate(context, 0);
  const held = state.evaluated.length > 1 ? await evaluate(context, 1) : null;
  logMetrics({
    ...{ event: 'epoch', epoch, step },
    ...trainMeans(context, cursor),
    ...{ testLoss: test.loss, testAccuracy: test.accuracy, testSamples: test.samples },
    ...(held ? { validationLoss: held.loss, validationAccuracy: held.accuracy } : {}),
  });
  logTiming({
    ...{ event: 'epoch', epoch, step, trainSeconds },
    evaluateSeconds: (performance.now() - startedAt) / 1000,
    imagesPerSecond: trainedSamples / trainSeconds,
  });
  const watched = held ? watchLoss(cursor, held.loss, state.plan.configuration) : cursor;
  const improved = watched.bestLoss < cursor.bestLoss;
  const next: Cursor = {
    ...watched,
    ...{ epoch: epoch + 1, batch: 0, step, epochLoss: 0, epochCorrect: 0 },
    metricsBytes: metricsBytes(),
  };
  await writeSnapshot(context.directory, state, step);
  await save(context, next);
  if (improved) await saveCheckpoint(context.directory, 'best', state, next);
  return { cursor: next, test };
}

function trainMeans(context: RunContext, cursor: Cursor) {
  const samples = samplesOf(context, 0, cursor.batch) || 1;
  return {
    trainLoss: cursor.epochLoss / samples,
    trainAccuracy: cursor.epochCorrect / samples,
  };
}

function save({ directory, state }: RunContext, cursor: Cursor): Promise<void> {
  return saveCheckpoint(directory, 'last', state, cursor);
}

// The batch before which the next checkpoint by steps is due.
function nextCheckpoint({ checkpointEvery: every }: RunContext, { step, batch }: Cursor): number {
  return every === null ? Infinity : batch + every - (step % every);
}

function samplesOf({ state }: RunContext, from: number, to: number): number {
  const { plan } = state;
  const all = (batch: number) => Math.min(batch * plan.configuration.batchSize, plan.trainSamples);
  return all(to) - all(from);
}
