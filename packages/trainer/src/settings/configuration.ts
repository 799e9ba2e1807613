// From a user's settings to what a run is made from.
import { ConfigurationError } from '@convbook/core';
import type { RunRecord } from '@convbook/run';
import {
  resolveRecorded,
  resolveSettings,
  type Configuration,
  type Facts,
  type RunConfiguration,
  type TrainingSettings,
} from '@convbook/run/settings';
import { plateauOf } from '../schedule.ts';

export type { Configuration, TrainingSettings };

/**
 * Fills every default; a recipe's are in `settings` already. `trainSamples` are those of the data set.
 *
 * @throws ConfigurationError for the first setting that does not fit.
 */
export function toConfiguration(
  settings: TrainingSettings,
  trainSamples: number,
  facts: Facts = {},
): Configuration {
  const configuration = resolveSettings(settings, trainSamples, facts);
  checkValidation(configuration);
  checkBaseBatch(configuration);
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

function checkBaseBatch({ scaleRate, baseBatch }: Configuration): void {
  if (scaleRate !== null || baseBatch === null) return;
  throw new ConfigurationError(
    `baseBatch: expected scaleRate linear or sqrt with it, got ${baseBatch} and none; ` +
      'give --scale-rate, or leave the option out',
  );
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
