import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError, DataError, RunDirectoryError } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import type { Dataset } from '@convbook/data';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import {
  checkMachineSettings,
  runFiles,
  type RunRecord,
  type TrainingSettings,
} from '@convbook/run';
import { wholeLines, writeRecord } from '@convbook/run/writing';
import { toInjectedFaults } from './faults/injected-faults.ts';
import { restoreState } from './loop/restore.ts';
import { writeDescription, writeSnapshot } from './run/artifacts.ts';
import { checkpointFile } from './run/checkpoint.ts';
import type { MeasuredData } from './engine/measured-data.ts';
import type { Cursor } from './run/cursor.ts';
import { countSteps } from './run/logged-steps.ts';
import { readTrainableRecord } from './run/trainable-record.ts';
import { recordedConfiguration, recordedSamples } from './settings/configuration.ts';
import { checkFit, checkSettingsFit } from './settings/fit.ts';
import { settingDifferences } from './settings/resume-differences.ts';
import { toWorkers, usefulWorkers } from './settings/workers.ts';
import { prepareState } from './loop/prepare-state.ts';
import type { SessionOptions } from './loop/session-options.ts';
import { runSession, type TrainedRun } from './loop/session.ts';

/** How a run is resumed; a setting that differs from the recorded one is refused. */
export interface ResumeOptions extends TrainingSettings, SessionOptions {
  /** The run's own, or refused. */
  model?: ModelSpec | undefined;
  /** Loads the run's data set. */
  chooseData: (data: RunRecord['data']) => Dataset;
}

/**
 * Goes on with a run from its last checkpoint, mid-epoch if need be, to the same bytes as if it had
 * never stopped. A complete run is left as it is; one without a checkpoint starts again.
 *
 * @throws ConfigurationError when a setting is given that differs from the run's.
 * @throws DataError when the data set is no longer the same.
 * @throws RunDirectoryError when the run or its checkpoint is damaged.
 */
export async function resume(directory: string, options: ResumeOptions): Promise<TrainedRun> {
  const startedAt = performance.now();
  checkBegun(directory);
  const record = readTrainableRecord(directory);
  const data = options.chooseData(record.data);
  checkSame(record, options, data.train.count);
  if (record.status === 'complete') return { directory, record };
  if (JSON.stringify(data.sha256) !== JSON.stringify(record.data.sha256)) {
    throw new DataError(
      `${directory}: expected the data set ${record.data.name} the run began with, ` +
        'got one with another SHA-256',
    );
  }
  const model = resolveModel(record.model);
  checkFit(model, data);
  const configuration = recordedConfiguration(record.configuration, data.train.count);
  checkSettingsFit(configuration, model, data);
  const workersAsked = toWorkers(options.workers);
  const workers = usefulWorkers(workersAsked);
  checkMachineSettings(options);
  const faults = toInjectedFaults(options.injectFault ?? [], workers);
  const state = await prepareState(model, data, configuration, workers);
  checkMeasured(record, state.plan.measured, directory);
  const cursor = await restoreState(directory, state);
  await checkLog(path.join(directory, runFiles.metrics), cursor);
  if (cursor.bestLoss < Infinity) checkBest(directory);
  if (cursor.step === 0) {
    await writeDescription(directory, state, data);
    await writeSnapshot(directory, state, 0);
  }
  const running = { ...record, status: 'running' as const };
  await writeRecord(directory, running);
  const timing = path.join(directory, runFiles.timing);
  const timingBytes = existsSync(timing) ? wholeLines(timing) : 0;
  const session = { directory, record: running, data, state, workers, workersAsked };
  return runSession({ ...session, faults, cursor, startedAt, timingBytes }, options);
}

function checkBegun(directory: string): void {
  if (!existsSync(directory) || existsSync(path.join(directory, runFiles.record))) return;
  throw new RunDirectoryError(
    `${directory}: expected ${runFiles.record}, got none: no run began here, or it ended before ` +
      'that was written; remove the folder and start again',
  );
}

// Training takes what the data say, predictions what the record says.
function checkMeasured({ data }: RunRecord, measured: MeasuredData, directory: string): void {
  for (const field of ['classWeights', 'standardization'] as const) {
    if (isDeepStrictEqual(data[field] ?? null, measured[field])) continue;
    throw new RunDirectoryError(
      `${path.join(directory, runFiles.record)}: expected data.${field} ` +
        `${showValue(measured[field])} as the data have it, got ${showValue(data[field])}; ` +
        'put run.json back, or start a new run',
    );
  }
}

// It is written only where the loss falls again: a lost one would stay lost.
function checkBest(directory: string): void {
  const file = checkpointFile(directory, 'best');
  if (existsSync(file)) return;
  throw new RunDirectoryError(
    `${file}: expected the checkpoint of the lowest validation loss so far, got none; ` +
      'put it back, or start a new run',
  );
}

async function checkLog(file: string, { metricsBytes: needed, step }: Cursor): Promise<void> {
  const size = existsSync(file) ? statSync(file).size : 0;
  if (size < needed) {
    throw new RunDirectoryError(
      `${file}: expected at least ${needed} bytes for the last checkpoint, got ${size}; ` +
        'the file is damaged',
    );
  }
  if (step === 0) return;
  const steps = await countSteps(file, needed);
  if (steps === step) return;
  throw new RunDirectoryError(
    `${file}: expected ${step} steps up to the last checkpoint, got ${steps}; the file is damaged`,
  );
}

function checkSame(record: RunRecord, options: ResumeOptions, samples: number): void {
  const { model } = record;
  const configuration = recordedConfiguration(record.configuration, recordedSamples(record));
  const list = settingDifferences(configuration, options, samples).map(
    ({ name, own, given }) => `${name} ${own} and not ${given}`,
  );
  if (options.model && !isSameModel(options.model, model)) {
    const { name = 'one without a name' } = options.model;
    const other = name === model.name ? 'another of that name' : name;
    list.unshift(`model ${model.name} and not ${other}`);
  }
  if (list.length === 0) return;
  throw new ConfigurationError(
    `resume: the run has ${list.join(', ')}; leave the options out, or start a new run`,
  );
}

// By what it computes: a file may have another name by now.
function isSameModel(given: ModelSpec, recorded: RunRecord['model']): boolean {
  const shape = ({ input, layers }: Pick<ModelSpec, 'input' | 'layers'>) =>
    JSON.stringify({ input, layers });
  return shape(given) === shape(recorded);
}
