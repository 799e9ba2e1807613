// The end of an epoch: evaluate, log, save.
import { hasStatistics } from '@convbook/run/writing';
import type { Evaluation } from '../engine/evaluation-means.ts';
import { isProfiled } from '../engine/observe/profile.ts';
import { writeSnapshot } from '../run/artifacts.ts';
import { saveCheckpoint } from '../run/checkpoint.ts';
import type { Cursor } from '../run/cursor.ts';
import { countConfusion } from '../statistics/count-confusion.ts';
import { countLayers } from '../statistics/layer-statistics.ts';
import { writeStatistics } from '../statistics/write-statistics.ts';
import { evaluate } from './evaluate.ts';
import type { RunContext } from './run-context.ts';
import { checkFinite, save, saveWhenStopped } from './save.ts';
import { profileEvent, workersEvent } from './time-events.ts';
import { trainMeans } from './train-means.ts';
import type { Trained } from './trained.ts';
import { watchLoss } from './watch.ts';

/** @returns Where the next epoch begins, and the test set as the parameters do on it. */
export async function endEpoch(
  context: RunContext,
  cursor: Cursor,
  trained: Trained,
): Promise<{ cursor: Cursor; test: Evaluation }> {
  const { directory, state } = context;
  const startedAt = performance.now();
  const counts = hasStatistics(cursor.epoch, state.plan.configuration.epochs);
  const { test, counted, confusion, validation } = await saveWhenStopped(context, cursor, () =>
    evaluateSets(context, cursor, counts),
  );
  await checkFinite(context, cursor);
  logMeans(context, cursor, test, validation);
  logEpochTime(context, cursor, trained, (performance.now() - startedAt) / 1000);
  const next = nextEpoch(context, cursor, validation);
  await writeSnapshot(directory, state, cursor.step);
  if (counted) await writeStatistics(directory, state, cursor, { ...counted, confusion });
  // Before `last`: a run killed between the two meets this epoch again, and writes it again.
  if (next.bestLoss < cursor.bestLoss) await saveCheckpoint(directory, 'best', state, next);
  await save(context, next);
  return { cursor: next, test };
}

/** Changes no parameter. */
async function evaluateSets(context: RunContext, cursor: Cursor, counts: boolean) {
  const { state } = context;
  // Workers evaluate meanwhile.
  const [test, counted] = await Promise.all([
    evaluate(context, cursor, 'test'),
    counts ? countLayers(state) : null,
  ]);
  const confusion = countConfusion(state);
  const validation =
    state.evaluated.validation === null ? null : await evaluate(context, cursor, 'validation');
  return { test, counted, confusion, validation };
}

function logMeans(
  context: RunContext,
  cursor: Cursor,
  test: Evaluation,
  validation: Evaluation | null,
): void {
  const { epoch, step } = cursor;
  context.logMetrics({
    event: 'epoch',
    epoch,
    step,
    ...trainMeans(context, cursor),
    testLoss: test.loss,
    testAccuracy: test.accuracy,
    testSamples: test.samples,
    ...(validation && {
      validationLoss: validation.loss,
      validationAccuracy: validation.accuracy,
    }),
  });
}

function logEpochTime(
  { logTiming }: RunContext,
  { epoch, step }: Cursor,
  { seconds, samples }: Trained,
  evaluateSeconds: number,
): void {
  logTiming({
    event: 'epoch',
    epoch,
    step,
    trainSeconds: seconds,
    evaluateSeconds,
    imagesPerSecond: seconds > 0 ? samples / seconds : 0,
  });
}

function nextEpoch(context: RunContext, cursor: Cursor, validation: Evaluation | null): Cursor {
  const { configuration } = context.state.plan;
  const watched = validation ? watchLoss(cursor, validation.loss, configuration) : cursor;
  return {
    ...watched,
    epoch: cursor.epoch + 1,
    batch: 0,
    step: cursor.step,
    epochLoss: 0,
    epochCorrect: 0,
    metricsBytes: context.metricsBytes(),
  };
}

/** Logs what the workers measured in the steps of an epoch from `firstStep` on. */
export function logTimes(
  { state, logTiming }: RunContext,
  { step, epoch }: Cursor,
  firstStep: number,
): void {
  const steps = Array.from({ length: step - firstStep + 1 }, (_, k) => firstStep + k);
  const timed = steps.filter((own) => isProfiled(state, own));
  const events = [
    workersEvent(state, { step, epoch }),
    profileEvent(state, { step, epoch }, timed.length),
  ];
  for (const event of events) if (event !== null) logTiming(event);
}
