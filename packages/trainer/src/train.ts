import path from 'node:path';
import { describeDataset, type Dataset } from '@convbook/data';
import { resolveModel, runFiles, type ModelSpec } from '@convbook/layers';
import { checkFit, toConfiguration, toWorkers, type TrainingSettings } from './configuration.ts';
import { optimizerKinds } from './optimizer.ts';
import { writeRecord, writeSnapshot } from './run/artifacts.ts';
import { writeFileAtomic } from './run/atomic-write.ts';
import { firstCursor } from './run/checkpoint.ts';
import { initializeState } from './run/parameters.ts';
import { createRecord } from './run/record.ts';
import { createRunDirectory, newRunDirectory } from './run/run-directory.ts';
import { prepareState, runSession, type SessionOptions, type TrainedRun } from './session.ts';

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
  const model = resolveModel(options.model);
  checkFit(model, data);
  const configuration = toConfiguration(options, data.train.count);
  const workers = toWorkers(options.workers);
  const state = await prepareState(model, data, configuration, workers);

  const directory = path.resolve(options.out ?? newRunDirectory('reports', model.name, createdAt));
  await createRunDirectory(directory);
  const record = createRecord(options.model, data, state.plan, workers, createdAt);
  await writeRecord(directory, record);
  const description = describeDataset(data, state.plan.trainSamples);
  const text = `${JSON.stringify(description)}\n`;
  await writeFileAtomic(path.join(directory, runFiles.dataset), text);
  initializeState(state, optimizerKinds[configuration.optimizer.name].initialScalars);
  await writeSnapshot(directory, state, 0);
  const session = { directory, record, data, state, workers, startedAt };
  return runSession({ ...session, cursor: firstCursor, timingBytes: 0 }, options);
}
