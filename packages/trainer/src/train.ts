import path from 'node:path';
import { checkDataset, type Dataset } from '@convbook/data';
import { picturesOf } from '@convbook/data/training';
import { checkObject, checkOptionNames, checkPath } from '@convbook/core/checks';
import { resolveModel, toCheckedModel, type ModelSpec } from '@convbook/layers';
import type { TrainingSettings } from '@convbook/run';
import {
  createNamedDirectory,
  createRunDirectory,
  withLock,
  writeRecord,
} from '@convbook/run/writing';
import { toInjectedFaults } from './faults/injected-faults.ts';
import { restoreState } from './loop/restore.ts';
import { fingerprintFields } from './run/fingerprint.ts';
import { writeDescription, writeSnapshot } from './run/artifacts.ts';
import { writeFirstStatistics } from './statistics/write-statistics.ts';
import { describeData } from './run/describe-data.ts';
import { projectFields, toWorkerCounts } from './run/host.ts';
import { checkReadable } from './run/readable.ts';
import { createRecord } from './run/record.ts';
import { checkModelFile, type ModelFile } from './run/sources.ts';
import { readStart } from './start/read-start.ts';
import { writeStart } from './start/start-file.ts';
import { findStart, scalingOf, withScaling } from './start/start-source.ts';
import { startWarnings } from './start/start-warnings.ts';
import { dataConfiguration } from './settings/data-configuration.ts';
import { checkFit, checkSettingsFit } from './settings/fit.ts';
import { trainingNames } from './settings/setting-names.ts';
import { toWorkers, usefulWorkers } from './settings/workers.ts';
import type { Lead } from './ranks/lead.ts';
import { leading } from './ranks/leading.ts';
import { prepareTogether } from './ranks/prepare-together.ts';
import { checkSessionOptions, sessionNames, type SessionOptions } from './loop/session-options.ts';
import { runSession, type TrainedRun } from './loop/session.ts';

/** What to train, on what data, with which settings, and where to write it. */
export interface TrainOptions extends TrainingSettings, SessionOptions {
  model: ModelSpec;
  /** The file that the model was read from, for the run to name it. */
  modelFile?: ModelFile | undefined;
  data: Dataset;
  /**
   * A run directory or a `.safetensors` file: the run begins with those of its parameters whose names and
   * shapes are the model's, and scales pixel values as that run did unless `standardize` is given.
   */
  from?: string | undefined;
  /** `from` as the command that repeats the run names it; default as it is. */
  fromWord?: string | undefined;
  /** The run directory, new or empty; default a new folder under `reports`. */
  out?: string | undefined;
  /** Folder of runs without `out`; default `reports`. */
  reports?: string | undefined;
}

const trainNames = {
  model: true,
  modelFile: true,
  data: true,
  from: true,
  fromWord: true,
  out: true,
  reports: true,
  ...trainingNames,
  ...sessionNames,
} as const satisfies Record<keyof TrainOptions, true>;

/**
 * Trains a model and writes its run directory. The same settings give the same parameters to the
 * last bit, for any number of workers, and of ranks, which `follow`.
 *
 * @throws ConfigurationError before anything is written when settings, model and data do not fit, or
 *   ranks differ.
 * @throws DataError when a part of the data set is wrong.
 * @throws DivergedError when loss or gradient are no longer finite; the last checkpoint is kept.
 * @throws RunDirectoryError when the run directory cannot be written.
 */
export async function train(options: TrainOptions): Promise<TrainedRun> {
  checkObject('train', options, 'train({ model, data })');
  checkOptionNames('train', options, trainNames);
  return leading(options, (lead) => begin(options, lead));
}

async function begin(options: TrainOptions, lead: Lead | null): Promise<TrainedRun> {
  const startedAt = performance.now();
  const createdAt = new Date();
  const { data, from } = options;
  for (const name of ['out', 'reports', 'from', 'fromWord'] as const) {
    if (options[name] !== undefined) checkPath(name, options[name]);
  }
  if (options.modelFile !== undefined) checkModelFile(options.modelFile);
  checkDataset(data, 'shared');
  const model = resolveModel(toCheckedModel(options.model));
  checkFit(model, data);
  const source = from === undefined ? null : findStart(from);
  const scaled = withScaling(options, source);
  await lead?.begin({
    model: options.model,
    recorded: null,
    standardize: scaled.standardize ?? null,
  });
  const configuration = dataConfiguration(scaled, model, data);
  checkSettingsFit(configuration, model, data);
  const workersAsked = toWorkers(options.workers);
  const workers = usefulWorkers(workersAsked);
  checkSessionOptions(options);
  const faults = toInjectedFaults(options.injectFault ?? [], workers);
  const scaling = source && configuration.standardize && scalingOf(source, data.sampleShape[0]);
  const start = source && (await readStart(source, model, scaling || null));
  const state = await prepareTogether(lead, {
    model,
    configuration,
    data,
    workers,
    sampling: 'stratified',
    start: start?.facts ?? null,
  });
  const description = describeData(state, data, options.startedWorkers);

  const counts = toWorkerCounts(workers, workersAsked);
  const described = { ...data, pictures: picturesOf(data) };
  const recordIn = (directory: string) => ({
    ...createRecord(
      { ...options, data: described, start, directory },
      state.plan,
      counts,
      createdAt,
    ),
    ...projectFields(options),
    ...fingerprintFields(state),
  });
  checkReadable(recordIn(path.resolve(options.out ?? 'reports')), state);
  const directory = await createDirectory(options, model.name, createdAt);
  const record = recordIn(directory);
  return withLock(directory, {}, async () => {
    // Before the record: what has one can be resumed.
    if (start) await writeStart(directory, start.pieces);
    await writeRecord(directory, record);
    const cursor = await restoreState(directory, state);
    const lacking = await writeDescription(directory, state, data, record, await description);
    const warnings = [...lacking, ...startWarnings(start, configuration, model, data)];
    for (const warning of warnings) options.onWarning?.(warning);
    await writeSnapshot(directory, state, 0);
    await writeFirstStatistics(directory, state);
    const session = {
      directory,
      record,
      data,
      state,
      workers,
      workersAsked,
      faults,
      lead,
      cursor,
      startedAt,
    };
    return runSession({ ...session, timingBytes: 0 }, options);
  });
}

async function createDirectory(
  { out, reports = 'reports' }: TrainOptions,
  modelName: string,
  at: Date,
): Promise<string> {
  if (out === undefined) return createNamedDirectory(path.resolve(reports), modelName, at);
  const directory = path.resolve(out);
  await createRunDirectory(directory);
  return directory;
}
