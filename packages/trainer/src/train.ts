import path from 'node:path';
import type { Dataset } from '@convbook/data';
import { resolveModel, toCheckedModel, type ModelSpec } from '@convbook/layers';
import { checkMachineSettings, type TrainingSettings } from '@convbook/run';
import { createRunDirectory, newRunDirectory, writeRecord } from '@convbook/run/writing';
import { toInjectedFaults } from './faults/injected-faults.ts';
import { restoreState } from './loop/restore.ts';
import { writeDescription, writeSnapshot } from './run/artifacts.ts';
import { toWorkerCounts } from './run/host.ts';
import { checkReadable } from './run/readable.ts';
import { createRecord } from './run/record.ts';
import { toConfiguration } from './settings/configuration.ts';
import { checkFit, checkSettingsFit } from './settings/fit.ts';
import { withDefaults } from './settings/recipes.ts';
import { toWorkers, usefulWorkers } from './settings/workers.ts';
import { prepareState } from './loop/prepare-state.ts';
import type { SessionOptions } from './loop/session-options.ts';
import { runSession, type TrainedRun } from './loop/session.ts';

/** What to train, on what data, with which settings, and where to write it. */
export interface TrainOptions extends TrainingSettings, SessionOptions {
  model: ModelSpec;
  data: Dataset;
  /** The run directory, new or empty; default a new folder under `reports`. */
  out?: string | undefined;
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
  const { data } = options;
  const model = resolveModel(toCheckedModel(options.model));
  checkFit(model, data);
  const configuration = toConfiguration(withDefaults(options, model.name), data.train.count);
  checkSettingsFit(configuration, model, data);
  const workersAsked = toWorkers(options.workers);
  const workers = usefulWorkers(workersAsked);
  checkMachineSettings(options);
  const faults = toInjectedFaults(options.injectFault ?? [], workers);
  const state = await prepareState(model, data, configuration, workers);

  const directory = path.resolve(options.out ?? newRunDirectory('reports', model.name, createdAt));
  const counts = toWorkerCounts(workers, workersAsked);
  const record = createRecord(options.model, data, state.plan, counts, createdAt);
  checkReadable(record, state);
  await createRunDirectory(directory);
  await writeRecord(directory, record);
  await writeDescription(directory, state, data);
  const cursor = await restoreState(directory, state);
  await writeSnapshot(directory, state, 0);
  const session = {
    directory,
    record,
    data,
    state,
    workers,
    workersAsked,
    faults,
    cursor,
    startedAt,
  };
  return runSession({ ...session, timingBytes: 0 }, options);
}
