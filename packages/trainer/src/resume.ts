import path from 'node:path';
import { ConfigurationError, DataError, RunDirectoryError } from '@convbook/core';
import { checkFunction, checkObject, checkOptionNames, checkPath } from '@convbook/core/checks';
import { checkDataset, hasHashes, type Dataset } from '@convbook/data';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import { readRecord, runFiles, type RunRecord, type TrainingSettings } from '@convbook/run';
import {
  fileSize,
  namesIn,
  wholeLines,
  withLock,
  writeRecord,
  type LockOptions,
} from '@convbook/run/writing';
import { toInjectedFaults } from './faults/injected-faults.ts';
import { restoreState } from './loop/restore.ts';
import { writeDescription, writeSnapshot } from './run/artifacts.ts';
import { writeFirstStatistics } from './statistics/write-statistics.ts';
import { describeData } from './run/describe-data.ts';
import { checkBest, checkLog, checkMeasured, checkUnchanged } from './run/check-run-files.ts';
import { readTrainableRecord } from './run/trainable-record.ts';
import { recordedFacts } from './start/record-start.ts';
import { recordedConfiguration, recordedSamples } from './settings/configuration.ts';
import { checkFit, checkSettingsFit } from './settings/fit.ts';
import { settingDifferences } from './settings/resume-differences.ts';
import { trainingNames } from './settings/setting-names.ts';
import { toWorkers, usefulWorkers } from './settings/workers.ts';
import { beginningOf } from './ranks/begin.ts';
import type { Lead } from './ranks/lead.ts';
import { leading } from './ranks/leading.ts';
import { prepareTogether } from './ranks/prepare-together.ts';
import { checkSessionOptions, sessionNames, type SessionOptions } from './loop/session-options.ts';
import { runSession, type TrainedRun } from './loop/session.ts';

/** How a run is resumed; a setting that differs from the recorded one is refused. */
export interface ResumeOptions extends TrainingSettings, SessionOptions, LockOptions {
  /** The run's own, or refused. */
  model?: ModelSpec | undefined;
  /** Loads the run's data set. */
  chooseData: (data: RunRecord['data']) => Dataset | Promise<Dataset>;
}

const resumeNames = {
  chooseData: true,
  model: true,
  takeOver: true,
  ...trainingNames,
  ...sessionNames,
} as const satisfies Record<keyof ResumeOptions, true>;

/**
 * Goes on with a run from its last checkpoint, mid-epoch if need be, to the same bytes as if it had
 * never stopped. A complete run is left as it is; one without a checkpoint starts again.
 *
 * @throws ConfigurationError when a setting is given that differs from the run's.
 * @throws DataError when the data set is no longer the same.
 * @throws RunDirectoryError when the run or its checkpoint is damaged, or another process is at it.
 */
export async function resume(directory: string, options: ResumeOptions): Promise<TrainedRun> {
  checkPath('run directory', directory);
  const example = 'resume(directory, { chooseData: () => loadMnist() })';
  checkObject('resume', options, example);
  checkOptionNames('resume', options, resumeNames);
  checkFunction('resume chooseData', options.chooseData, example);
  return leading(options, (lead) => goOnLocked(directory, options, lead));
}

async function goOnLocked(
  directory: string,
  options: ResumeOptions,
  lead: Lead | null,
): Promise<TrainedRun> {
  checkBegun(directory);
  const work = () => goOn(directory, options, lead);
  // A complete run may lie where nothing can be written; a lock in it is of a process killed at its very end.
  const isComplete = readRecord(directory).status === 'complete';
  const isLocked = fileSize(path.join(directory, runFiles.lock)) !== null;
  return isComplete && !isLocked ? work() : withLock(directory, options, work);
}

async function goOn(
  directory: string,
  options: ResumeOptions,
  lead: Lead | null,
): Promise<TrainedRun> {
  const startedAt = performance.now();
  const record = readTrainableRecord(directory);
  if (record.status !== 'complete') await lead?.begin(beginningOf(record));
  const data = await options.chooseData(record.data);
  checkDataset(data, 'shared');
  checkSame(record, options, data.train.count);
  if (record.status === 'complete') return { directory, record };
  if (!hasHashes(data, record.data.sha256)) {
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
  checkSessionOptions(options);
  const faults = toInjectedFaults(options.injectFault ?? [], workers);
  const prepared = await prepareTogether(lead, {
    model,
    configuration,
    data,
    workers,
    sampling: record.data.sampling ?? 'in order',
    start: recordedFacts(record),
  });
  checkMeasured(record, prepared.plan.measured, directory);
  const state = { ...prepared, fingerprint: record.fingerprint };
  const cursor = await restoreState(directory, state);
  if (cursor.step > 0) checkUnchanged(directory, record, prepared.fingerprint);
  await checkLog(path.join(directory, runFiles.metrics), cursor, record);
  if (cursor.bestLoss < Infinity) await checkBest(directory, record);
  if (cursor.step === 0) {
    const description = describeData(state, data, options.startedWorkers);
    await writeDescription(directory, state, data, record, await description);
    await writeSnapshot(directory, state, 0);
    await writeFirstStatistics(directory, state);
  }
  const running = { ...record, status: 'running' as const };
  await writeRecord(directory, running);
  const timing = path.join(directory, runFiles.timing);
  const timingBytes = fileSize(timing) === null ? 0 : wholeLines(timing);
  const session = { directory, record: running, data, state, workers, workersAsked, lead };
  return runSession({ ...session, faults, cursor, startedAt, timingBytes }, options);
}

function checkBegun(directory: string): void {
  const record = path.join(directory, runFiles.record);
  if (fileSize(record) !== null || namesIn(directory).length === 0) return;
  throw new RunDirectoryError(
    `${directory}: expected ${runFiles.record}, got none: no run began here, or it ended before ` +
      'that was written; remove the folder and start again',
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
