// A stretch of batches of one epoch: trained by the engine, each finished step logged in order.
import type { RunContext } from './epochs.ts';
import { BATCHES_DONE, Halt } from '../engine/control.ts';
import { batchNumbers } from '../engine/shared-state.ts';
import { batchPlanAt } from '../engine/training-plan.ts';
import { divergedStep } from './divergence.ts';
import { readLayerNorms } from '../engine/layer-norms.ts';
import { isSampled } from '../engine/sampled-steps.ts';
import { readTimeline } from '../engine/timeline.ts';
import type { Cursor } from '../run/checkpoint.ts';

// How often finished steps are logged, and the speed, in milliseconds.
const pollEvery = 100;
const progressEvery = 1000;

/**
 * Trains up to batch `to` (exclusive) or until paused.
 *
 * @throws DivergedError when the loss or a gradient is no longer finite.
 * @throws WorkerError when a worker fails.
 */
export async function trainBatches(
  context: RunContext,
  cursor: Cursor,
  to: number,
  before: { epochSeconds: number; epochSamples: number },
): Promise<Cursor> {
  const { state, engine } = context;
  const { control } = state;
  let current = cursor;
  const startedAt = performance.now();
  let toldSpeed = false;
  const logFinished = () => {
    const done = Atomics.load(control, BATCHES_DONE);
    while (current.batch < done) current = logStep(context, current);
    // An epoch's first finished steps are told at once, not after a second.
    const isFirst = before.epochSamples === 0 && !toldSpeed;
    if (isFirst && current.batch > cursor.batch) logProgress();
  };
  const logProgress = () => {
    toldSpeed = true;
    const seconds = before.epochSeconds + (performance.now() - startedAt) / 1000;
    const samples = before.epochSamples + samplesOf(context, cursor.batch, current.batch);
    context.logTiming({
      event: 'progress',
      step: current.step,
      epoch: current.epoch,
      elapsedSeconds: context.elapsedSeconds(),
      imagesPerSecond: seconds > 0 ? samples / seconds : 0,
    });
  };
  // An error in a timer would be nobody's: it ends the job, and is then the job's.
  const errors: unknown[] = [];
  const guarded = (action: () => void) => () => {
    if (errors.length > 0) return;
    try {
      action();
    } catch (error) {
      errors.push(error);
      engine.pause();
    }
  };
  control[BATCHES_DONE] = cursor.batch;
  const timers = [
    setInterval(guarded(logFinished), pollEvery),
    setInterval(guarded(logProgress), progressEvery),
  ];
  try {
    const { halt } = await engine.train(cursor.batch, to);
    if (errors.length === 0) logFinished();
    if (halt === Halt.lossNotFinite || halt === Halt.gradientNotFinite) {
      errors.push(await divergedStep(context, current, halt));
    }
  } catch (error) {
    errors.push(error);
  } finally {
    timers.forEach((timer) => clearInterval(timer));
  }
  if (errors.length > 0) throw errors[0];
  return current;
}

/** Samples that batches `from` to `to` of an epoch have. */
export function samplesOf({ state }: RunContext, from: number, to: number): number {
  const { plan } = state;
  const all = (batch: number) => Math.min(batch * plan.configuration.batchSize, plan.trainSamples);
  return all(to) - all(from);
}

function logStep(context: RunContext, cursor: Cursor): Cursor {
  const { state, logMetrics, metricsBytes } = context;
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
  logSamples(context, step, epoch);
  return {
    ...cursor,
    step,
    batch: cursor.batch + 1,
    epochLoss: cursor.epochLoss + loss,
    epochCorrect: cursor.epochCorrect + correct,
    metricsBytes: metricsBytes(),
  };
}

function logSamples(
  { state, logMetrics, logTiming }: RunContext,
  step: number,
  epoch: number,
): void {
  const norms = isSampled('layers', state.plan, step) ? readLayerNorms(state, step) : null;
  if (norms !== null) logMetrics({ event: 'layers', step, epoch, layers: norms });
  const timeline = isSampled('times', state.plan, step) ? readTimeline(state, step, epoch) : null;
  if (timeline !== null) logTiming(timeline);
}
