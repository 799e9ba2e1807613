// From a user's settings to what a run is made from.
import { availableParallelism } from 'node:os';
import { ConfigurationError } from '@convbook/core';
import {
  checkMachineSettings,
  resolveRecorded,
  resolveSettings,
  type Configuration,
  type RunConfiguration,
  type RunRecord,
  type TrainingSettings,
} from '@convbook/run';
import { plateauOf } from '../schedule.ts';

export type { Configuration, TrainingSettings };

/**
 * Fills every default; a recipe's are in `settings` already. `trainSamples` are those of the data set.
 *
 * @throws ConfigurationError for the first setting that does not fit.
 */
export function toConfiguration(settings: TrainingSettings, trainSamples: number): Configuration {
  const configuration = resolveSettings(settings, trainSamples);
  checkValidation(configuration);
  return configuration;
}

/** As `toConfiguration`, of a run that was recorded. */
export function recordedConfiguration(
  recorded: RunConfiguration,
  trainSamples: number,
): Configuration {
  const configuration = resolveRecorded(recorded, trainSamples);
  checkValidation(configuration);
  return configuration;
}

/** Training samples that the data set of a run had at least, held-out ones included. */
export function recordedSamples({ configuration, data }: RunRecord): number {
  return configuration.limit ?? data.trainSamples + data.validationSamples;
}

// Nothing but held-out samples may steer a run: never the test set.
function checkValidation({ validation, patience, schedule }: Configuration): void {
  if (validation > 0) return;
  const steering = [
    { what: 'patience', steers: patience !== null },
    { what: 'schedule plateau', steers: plateauOf(schedule) !== null },
  ].filter(({ steers }) => steers);
  if (steering.length === 0) return;
  throw new ConfigurationError(
    `${steering.map(({ what }) => what).join(' and ')}: expected held-out samples to watch, ` +
      'got validation 0; give --validation N',
  );
}

/** Worker threads: default the cores there are; 0 trains on the calling thread. */
export function toWorkers(workers: number | undefined): number {
  const count = workers ?? availableParallelism();
  checkMachineSettings({ workers: count });
  return count;
}

/**
 * Threads a core runs. More only wait for each other, and each takes time to start: with 2, 16, 64 and
 * 256 of them on two cores, 600 samples of mnist-best and the notebook took 9, 11, 20 and 41 seconds of
 * processor time (`pnpm train --limit 600 --epochs 1 --model mnist-best --workers N`).
 */
const threadsPerCore = 8;

/** How many of the workers that were asked for run. */
export function usefulWorkers(asked: number, cores = availableParallelism()): number {
  return Math.min(asked, threadsPerCore * cores);
}
