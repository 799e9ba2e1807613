// The check of `run.json` before a run goes on. What any reader needs is checked in @convbook/layers; here,
// what only training does.
import { ConfigurationError, showValue } from '@convbook/core';
import { lossKinds } from '@convbook/layers';
import { parseRunRecord, refuseRunFile, type RunRecord } from '@convbook/run';
import { toConfiguration } from '../configuration.ts';
import { optimizerKinds } from '../optimizer.ts';
import { settingsOf } from '../recorded-settings.ts';
import { schedules } from '../schedule.ts';

/**
 * The record in the text of a `run.json`.
 *
 * @throws RunDirectoryError beginning with `file` when it is no record of a run that can be trained.
 */
export function parseRecord(source: string, file: string): RunRecord {
  const record = parseRunRecord(source, file);
  checkDataName(record.data.name, file);
  checkConfiguration(record, file);
  return record;
}

/** The name becomes part of a path: a record must not lead out of the folder it is looked for in. */
function checkDataName(name: string, file: string): void {
  if (!/[/\\\0]/.test(name) && name !== '' && name !== '.' && name !== '..') return;
  refuseRunFile(file, `expected data.name to be a name without / or \\, got ${showValue(name)}`);
}

function checkConfiguration({ configuration, data }: RunRecord, file: string): void {
  const { optimizer, schedule, loss, limit } = configuration;
  checkKnown('optimizer', optimizer.name, optimizerKinds, file);
  checkKnown('schedule', schedule.name, schedules, file);
  checkKnown('loss', loss, lossKinds, file);
  try {
    toConfiguration(settingsOf(configuration), limit ?? data.trainSamples + data.validationSamples);
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    refuseRunFile(file, `expected a configuration that can be trained, got "${cause.message}"`);
  }
}

function checkKnown(field: string, name: string, kinds: object, file: string): void {
  if (Object.hasOwn(kinds, name)) return;
  const known = Object.keys(kinds).join(', ');
  refuseRunFile(
    file,
    `expected configuration.${field} to be one of ${known}, got ${showValue(name)}`,
  );
}
