// A stretch of batches of one epoch: trained by the engine, each finished step logged in order.
import { createPosition } from '../engine/control/position.ts';
import type { Cursor } from '../run/cursor.ts';
import { divergedStep } from './diverged.ts';
import { logStep } from './log-step.ts';
import type { RunContext } from './run-context.ts';
import { samplesOf, type Trained } from './trained.ts';

// Milliseconds between two looks for finished steps, for the first step of a stretch, and between two speeds.
const pollEvery = 50;
const firstPollEvery = 5;
const progressEvery = 1000;

/**
 * Trains up to batch `to` (exclusive) or until paused. `before` are the steps of the epoch that this
 * process has trained already.
 *
 * @throws DivergedError when the loss or a gradient is no longer finite.
 * @throws WorkerError when a worker fails.
 */
export async function trainBatches(
  context: RunContext,
  cursor: Cursor,
  to: number,
  before: Trained,
): Promise<Cursor> {
  const { state, engine } = context;
  createPosition(state.control).beginBatches(cursor.batch);
  const log = createStepLog(context, cursor, before);
  const timers = startTimers(log, cursor, () => engine.pause());
  try {
    const { halt } = await engine.train(cursor.batch, to);
    // An error in a timer ended the job, and is the job's.
    timers.check();
    const current = log.logFinished();
    if (halt === null || halt === 'paused') return current;
    throw await divergedStep(context, current, halt);
  } catch (error) {
    timers.check();
    throw error;
  } finally {
    timers.stop();
  }
}

interface StepLog {
  /** Logs the steps that are finished; the cursor after them. */
  logSteps(): Cursor;
  /** The same, and logs the speed where these are the first of the epoch. */
  logFinished(): Cursor;
  logProgress(): void;
}

function createStepLog(context: RunContext, from: Cursor, before: Trained): StepLog {
  const position = createPosition(context.state.control);
  const startedAt = performance.now();
  let current = from;
  let toldSpeed = false;
  const logProgress = () => {
    toldSpeed = true;
    const seconds = before.seconds + (performance.now() - startedAt) / 1000;
    const samples = before.samples + samplesOf(context, from.batch, current.batch);
    context.logTiming({
      event: 'progress',
      step: current.step,
      epoch: current.epoch,
      elapsedSeconds: context.elapsedSeconds(),
      imagesPerSecond: seconds > 0 ? samples / seconds : 0,
    });
  };
  const logSteps = () => {
    const done = position.batchesDone();
    while (current.batch < done) current = logStep(context, current);
    return current;
  };
  return {
    logSteps,
    logFinished() {
      logSteps();
      // An epoch's first finished steps are told at once, not after a second.
      const isFirst = before.samples === 0 && !toldSpeed;
      if (isFirst && current.batch > from.batch) logProgress();
      return current;
    },
    logProgress,
  };
}

/** Logs now and then; the first error stops that, and is kept: in a timer it would be unhandled. */
function startTimers(
  { logSteps, logFinished, logProgress }: StepLog,
  from: Cursor,
  onError: () => void,
) {
  const errors: unknown[] = [];
  const guarded = (action: () => void) => () => {
    if (errors.length > 0) return;
    try {
      action();
    } catch (error) {
      errors.push(error);
      onError();
    }
  };
  const logFirst = () => {
    if (logSteps().batch > from.batch) clearInterval(first);
  };
  const first = setInterval(guarded(logFirst), firstPollEvery);
  const timers = [
    first,
    setInterval(guarded(logFinished), pollEvery),
    setInterval(guarded(logProgress), progressEvery),
  ];
  return {
    /** Throws the error there was. */
    check() {
      if (errors.length > 0) throw errors[0];
    },
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  };
}
