// A training run, from its settings to its directory.
import path from 'node:path';
import { ConfigurationError, DivergedError, loadKernelModule } from '@convbook/core';
import { describeDataset, limitAndHoldOut, type Dataset } from '@convbook/data';
import {
  resolveModel,
  runFiles,
  type MetricsEvent,
  type ModelSpec,
  type RunRecord,
  type TimingEvent,
} from '@convbook/layers';
import { checkFit, toConfiguration, type TrainingSettings } from './configuration.ts';
import { createParallelEngine } from './engine/parallel-engine.ts';
import { createSequentialEngine } from './engine/sequential-engine.ts';
import { createSharedState } from './engine/shared-state.ts';
import { planTraining } from './engine/training-plan.ts';
import { evaluate, runEpochs, type EpochsOutcome, type RunContext } from './epochs.ts';
import { availableCores, describeHost, describeVersions } from './host.ts';
import { optimizerKinds } from './optimizer.ts';
import { repeatCommand } from './repeat-command.ts';
import { writeEvaluation, writeModel, writeRecord, writeSnapshot } from './run/artifacts.ts';
import { writeFileAtomic } from './run/atomic-write.ts';
import { openEventLog } from './run/event-log.ts';
import { initializeState } from './run/parameters.ts';
import { createRunDirectory, newRunDirectory } from './run/run-directory.ts';

/** A line of either event file, with the file it belongs to. */
export type RunEvent =
  | ({ stream: 'metrics' } & MetricsEvent)
  | ({ stream: 'timing' } & TimingEvent);

export interface TrainOptions extends TrainingSettings {
  model: ModelSpec;
  data: Dataset;
  /** The run directory, new or empty; default a new folder under `reports`. */
  out?: string;
  /** Worker threads; default the cores there are. 0 trains on the calling thread. */
  workers?: number;
  /** Checkpoint every so many steps, besides every epoch and every half minute. */
  checkpointEvery?: number;
  /** Aborting it ends the run after the step that is running; what was learned is saved. */
  signal?: AbortSignal;
  /** Sees every event as it is logged. */
  onEvent?: (event: RunEvent) => void;
  /** Sees the record before the first step. */
  onStart?: (record: RunRecord, directory: string) => void;
}

export interface TrainedRun {
  readonly directory: string;
  readonly record: RunRecord;
}

/**
 * Trains a model and writes its run directory. The same settings give the same parameters to the
 * last bit, for any number of workers.
 *
 * @throws ConfigurationError before anything is written when settings, model and data do not fit.
 * @throws DivergedError when loss or gradient are no longer finite; the last checkpoint is kept.
 * @throws RunDirectoryError when the run directory cannot be written.
 */
export async function train(options: TrainOptions): Promise<TrainedRun> {
  const startedAt = performance.now();
  const createdAt = new Date();
  const { data, signal } = options;
  const model = resolveModel(options.model);
  checkFit(model, data);
  const configuration = toConfiguration(options, data.train.count);
  const workers = toWorkers(options.workers);
  const split = limitAndHoldOut(data.train, configuration);
  const plan = planTraining(model, configuration, {
    trainSamples: split.train.count,
    testSamples: data.test.count,
    validationSamples: split.validation.count,
    workers: Math.max(1, workers),
  });
  const evaluated = [data.test, split.validation].filter(({ count }) => count > 0);
  const module = await loadKernelModule('shared');
  const state = createSharedState(plan, module, split.train, evaluated);

  const directory = path.resolve(
    options.out ?? newRunDirectory('reports', model.name, createdAt),
  );
  await createRunDirectory(directory);
  let record: RunRecord = {
    format: 'convbook-run/1',
    status: 'running',
    createdAt: createdAt.toISOString(),
    command: repeatCommand(model.name, data.name, configuration),
    model: {
      name: model.name,
      input: [...model.input],
      layers: [...options.model.layers],
      parameters: plan.layout.parameters.reduce((sum, { count }) => sum + count, 0),
    },
    configuration: configuration as RunRecord['configuration'],
    data: {
      name: data.name,
      sampleShape: [...data.sampleShape],
      classNames: [...data.classNames],
      trainSamples: split.train.count,
      validationSamples: split.validation.count,
      testSamples: data.test.count,
      ...{ sha256: data.sha256, scaling: data.scaling, attribution: data.attribution },
    },
    versions: describeVersions(),
    host: describeHost(workers),
  };
  await writeRecord(directory, record);
  const description = describeDataset(data, split.train.count);
  await writeFileAtomic(
    path.join(directory, runFiles.dataset),
    `${JSON.stringify(description)}\n`,
  );
  options.onStart?.(record, directory);

  const metrics = openEventLog<MetricsEvent>(path.join(directory, runFiles.metrics), 0);
  const timing = openEventLog<TimingEvent>(path.join(directory, runFiles.timing), 0);
  const engine =
    workers === 0 ? createSequentialEngine(state) : createParallelEngine(state, workers);
  const context: RunContext = {
    ...{ directory, data, state, engine, signal },
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
  try {
    initializeState(state, optimizerKinds[configuration.optimizer.name].initialScalars);
    const { steps, batchesPerEpoch } = plan;
    const { seed } = configuration;
    context.logMetrics({ event: 'start', schema: 1, seed, steps, stepsPerEpoch: batchesPerEpoch });
    const at = createdAt.toISOString();
    context.logTiming({ event: 'start', schema: 1, at, workers, step: 0 });
    await writeSnapshot(directory, state, 0);
    const outcome = await runEpochs(context, {
      ...{ epoch: 1, batch: 0, step: 0, epochLoss: 0, epochCorrect: 0 },
      ...{ metricsBytes: context.metricsBytes(), bestLoss: Infinity },
    });
    record = await finish(context, record, outcome);
  } catch (error) {
    record = { ...record, status: error instanceof DivergedError ? 'diverged' : 'failed' };
    await writeRecord(directory, record);
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
  record: RunRecord,
  outcome: EpochsOutcome,
): Promise<RunRecord> {
  const { directory, state, data } = context;
  const { cursor, interrupted, trainLoss, trainAccuracy, trainSeconds, trainedSamples } = outcome;
  const status = interrupted ? 'interrupted' : 'complete';
  const test = await evaluate(context, 0);
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

function toWorkers(workers: number | undefined): number {
  const value = workers ?? availableCores();
  if (Number.isSafeInteger(value) && value >= 0 && value <= 256) return value;
  throw new ConfigurationError(`workers: expected an integer from 0 to 256, got ${value}`);
}
