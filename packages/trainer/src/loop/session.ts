// What training a new run and going on with an old one share: from a cursor to the result.
import path from 'node:path';
import { DivergedError } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { limitAndHoldOut, type Dataset } from '@convbook/data';
import type { ResolvedModel } from '@convbook/layers';
import {
  type MetricsEvent,
  runFiles,
  type RunRecord,
  type TimingEvent,
  type Configuration,
  type MachineSettings,
} from '@convbook/run';
import type { StartedWorkers } from '../engine/pool.ts';
import { createState } from '../engine/create-state.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { timelineNumbers } from '../engine/timeline-place.ts';
import { planTraining } from '../engine/training-plan.ts';
import type { EpochsOutcome } from './epochs.ts';
import { toWorkerCounts } from '../run/host.ts';
import { createCheckpointInjection } from '../faults/inject-in-checkpoint.ts';
import { createWorkerInjection } from '../faults/inject-in-worker.ts';
import type { InjectedFaults } from '../faults/injected-faults.ts';
import {
  checkMemory,
  estimateMemory,
  memoryLimits,
  type MemoryEstimate,
} from './memory-estimate.ts';
import { runWithRecovery, type RecoveryContext } from './recovery.ts';
import { writeEvaluation, writeModel, writeRecord } from '../run/artifacts.ts';
import type { Cursor } from '../run/cursor.ts';
import { openEventLog } from '../run/event-log.ts';

/** A line of either event file, with the file it belongs to. */
export type RunEvent =
  ({ stream: 'metrics' } & MetricsEvent) | ({ stream: 'timing' } & TimingEvent);

/** How a run is watched and steered; none of it changes what comes out. */
export interface SessionOptions extends MachineSettings {
  /** Seconds between checkpoints by time; default 30. */
  checkpointSeconds?: number | undefined;
  /** From `startWorkers`, to save the time they take to start. */
  startedWorkers?: StartedWorkers | undefined;
  /** For tests of what happens when something fails: see docs/promises.md. */
  injectFault?: readonly string[] | undefined;
  /** Aborting it ends the run after the step that is running; what was learned is saved. */
  signal?: AbortSignal | undefined;
  /** Sees the record before the first step. */
  onStart?: ((record: RunRecord, directory: string, memory: MemoryEstimate) => void) | undefined;
  /** Sees every event as it is logged. */
  onEvent?: ((event: RunEvent) => void) | undefined;
}

export interface TrainedRun {
  readonly directory: string;
  readonly record: RunRecord;
}

/**
 * Plans a run and lays its memory out; parameters are still zero.
 *
 * @throws ConfigurationError when the memory there is does not hold it.
 */
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
  checkMemory(estimateMemory(plan, data), memoryLimits());
  const { train, validation } = split;
  const evaluated = { test: data.test, validation: validation.count > 0 ? validation : null };
  const module = await loadKernelModule('shared');
  const parts = { plan, module, train, sampleShape: data.sampleShape, evaluated };
  return createState(parts, 'shared', timelineNumbers(plan));
}

export interface Session {
  readonly directory: string;
  readonly record: RunRecord;
  readonly data: Dataset;
  readonly state: SharedState;
  readonly workers: number;
  /** As many or more: see `usefulWorkers`. */
  readonly workersAsked: number;
  readonly faults: InjectedFaults;
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
  const context: RecoveryContext = {
    ...{ directory, state, workers, signal: options.signal },
    checkpointEvery: options.checkpointEvery ?? null,
    checkpointSeconds: options.checkpointSeconds ?? 30,
    engineOptions: {
      hangTimeout: options.hangTimeout,
      injection: createWorkerInjection(session.faults.workers),
      started: options.startedWorkers,
    },
    nextCheckpointFault: createCheckpointInjection(session.faults.checkpoints),
    logMetrics(event) {
      metrics.append(event);
      options.onEvent?.({ stream: 'metrics', ...event });
    },
    logTiming(event) {
      timing.append(event);
      options.onEvent?.({ stream: 'timing', ...event });
    },
    metricsBytes: () => metrics.sizeBytes,
    syncMetrics: metrics.sync,
    logFrom({ metricsBytes }) {
      metrics.cutBack(metricsBytes);
      if (metricsBytes > 0) return;
      const { steps, batchesPerEpoch: stepsPerEpoch, configuration } = state.plan;
      const { seed } = configuration;
      context.logMetrics({ event: 'start', schema: 1, seed, steps, stepsPerEpoch });
    },
    elapsedSeconds: () => (performance.now() - startedAt) / 1000,
  };
  let { record } = session;
  try {
    options.onStart?.(record, directory, estimateMemory(state.plan, data));
    context.logFrom(cursor);
    const at = new Date().toISOString();
    const counts = toWorkerCounts(workers, session.workersAsked);
    context.logTiming({ event: 'start', schema: 1, at, ...counts, step: cursor.step });
    const outcome = await runWithRecovery(context, cursor);
    record = await finish(context, data, record, outcome);
  } catch (error) {
    const status = error instanceof DivergedError ? 'diverged' : 'failed';
    // The error that ended the run is told, whatever becomes of the record.
    await writeRecord(directory, { ...record, status }).catch(() => undefined);
    throw error;
  } finally {
    metrics.close();
    timing.close();
  }
  return { directory, record };
}

// Writes the model, the evaluation and the result.
async function finish(
  context: RecoveryContext,
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
