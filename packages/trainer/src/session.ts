// What training a new run and going on with an old one share: from a cursor to the result.
import path from 'node:path';
import { DivergedError, loadKernelModule } from '@convbook/core';
import { limitAndHoldOut, type Dataset } from '@convbook/data';
import {
  runFiles,
  type MetricsEvent,
  type ResolvedModel,
  type RunRecord,
  type TimingEvent,
} from '@convbook/layers';
import type { Configuration } from './configuration.ts';
import { createParallelEngine } from './engine/parallel-engine.ts';
import { createSequentialEngine } from './engine/sequential-engine.ts';
import { createSharedState, type SharedState } from './engine/shared-state.ts';
import { planTraining } from './engine/training-plan.ts';
import { runEpochs, type EpochsOutcome, type RunContext } from './epochs.ts';
import { writeEvaluation, writeModel, writeRecord } from './run/artifacts.ts';
import type { Cursor } from './run/checkpoint.ts';
import { openEventLog } from './run/event-log.ts';

/** A line of either event file, with the file it belongs to. */
export type RunEvent =
  ({ stream: 'metrics' } & MetricsEvent) | ({ stream: 'timing' } & TimingEvent);

/** How a run is watched and steered; none of it changes what comes out. */
export interface SessionOptions {
  /** Worker threads; default the cores there are. 0 trains on the calling thread. */
  workers?: number | undefined;
  /** Checkpoint every so many steps, besides every epoch and every half minute. */
  checkpointEvery?: number | undefined;
  /** Aborting it ends the run after the step that is running; what was learned is saved. */
  signal?: AbortSignal | undefined;
  /** Sees the record before the first step. */
  onStart?: ((record: RunRecord, directory: string) => void) | undefined;
  /** Sees every event as it is logged. */
  onEvent?: ((event: RunEvent) => void) | undefined;
}

export interface TrainedRun {
  readonly directory: string;
  readonly record: RunRecord;
}

/** Plans a run and lays its memory out; parameters are still zero. */
export async function prepareState(
  model: ResolvedModel,
  data: Dataset,
  configuration: Configuration,
  workers: number,
): Promise<SharedState> {
  const split = limitAndHoldOut(data.train, configuration);
  const plan = planTraining(model, configuration, {
    trainSamples: split.train.count,
    testSamples: data.test.count,
    validationSamples: split.validation.count,
    workers: Math.max(1, workers),
  });
  const evaluated = [data.test, split.validation].filter(({ count }) => count > 0);
  return createSharedState(plan, await loadKernelModule('shared'), split.train, evaluated);
}

export interface Session {
  readonly directory: string;
  readonly record: RunRecord;
  readonly data: Dataset;
  readonly state: SharedState;
  readonly workers: number;
  /** Where to start; its logs are cut back to it. */
  readonly cursor: Cursor;
  readonly timingBytes: number;
  /** `performance.now()` when the session began. */
  readonly startedAt: number;
}

/** Trains from the cursor to the end, or until interrupted, and writes what came out. */
export async function runSession(session: Session, options: SessionOptions): Promise<TrainedRun> {
  const { directory, data, state, workers, cursor, startedAt } = session;
  const file = (name: 'metrics' | 'timing') => path.join(directory, runFiles[name]);
  const metrics = openEventLog<MetricsEvent>(file('metrics'), cursor.metricsBytes);
  const timing = openEventLog<TimingEvent>(file('timing'), session.timingBytes);
  const engine =
    workers === 0 ? createSequentialEngine(state) : createParallelEngine(state, workers);
  const context: RunContext = {
    ...{ directory, state, engine, signal: options.signal },
    checkpointEvery: options.checkpointEvery ?? null,
    logMetrics(event) {
      metrics.append(event);
      options.onEvent?.({ stream: 'metrics', ...event });
    },
    logTiming(event) {
      timing.append(event);
      options.onEvent?.({ stream: 'timing', ...event });
    },
    metricsBytes: () => metrics.sizeBytes,
    elapsedSeconds: () => (performance.now() - startedAt) / 1000,
  };
  let { record } = session;
  try {
    options.onStart?.(record, directory);
    const { steps, batchesPerEpoch, configuration } = state.plan;
    if (cursor.metricsBytes === 0) {
      const { seed } = configuration;
      context.logMetrics({
        event: 'start',
        schema: 1,
        seed,
        steps,
        stepsPerEpoch: batchesPerEpoch,
      });
    }
    const at = new Date().toISOString();
    context.logTiming({ event: 'start', schema: 1, at, workers, step: cursor.step });
    const outcome = await runEpochs(context, cursor);
    record = await finish(context, data, record, outcome);
  } catch (error) {
    const status = error instanceof DivergedError ? 'diverged' : 'failed';
    await writeRecord(directory, { ...record, status });
    throw error;
  } finally {
    await engine.close();
    metrics.close();
    timing.close();
  }
  return { directory, record };
}

// Writes the model, the evaluation and the result.
async function finish(
  context: RunContext,
  data: Dataset,
  record: RunRecord,
  outcome: EpochsOutcome,
): Promise<RunRecord> {
  const { directory, state } = context;
  const { cursor, interrupted, test, trainLoss, trainAccuracy, trainSeconds, trainedSamples } =
    outcome;
  const status = interrupted ? 'interrupted' : 'complete';
  const modelSha256 = await writeModel(directory, state);
  await writeEvaluation(directory, state, data);
  context.logMetrics({ event: 'end', status, step: cursor.step, modelSha256 });
  const elapsedSeconds = context.elapsedSeconds();
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  context.logTiming({ event: 'end', step: cursor.step, elapsedSeconds, peakMemoryBytes });
  const finished: RunRecord = {
    ...record,
    status,
    result: {
      epochs: cursor.epoch - 1,
      steps: cursor.step,
      ...{ trainLoss, trainAccuracy },
      ...{ testLoss: test.loss, testAccuracy: test.accuracy },
      ...{ testCorrect: test.correct, testSamples: test.samples },
      elapsedSeconds,
      imagesPerSecond: trainSeconds > 0 ? trainedSamples / trainSeconds : 0,
      modelSha256,
    },
  };
  await writeRecord(directory, finished);
  return finished;
}
