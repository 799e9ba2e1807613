// The check of `run.json` before a run goes on. What any reader needs is checked in @convbook/run; here,
// what only training does.
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import {
  partValue,
  readRecord,
  recordedRows,
  runFiles,
  type RunConfiguration,
  type RunRecord,
} from '@convbook/run';
import { refuseRunFile } from '@convbook/run/writing';
import { recordedConfiguration, recordedSamples } from '../settings/configuration.ts';

/**
 * Reads the `run.json` of a run that is to go on.
 *
 * @throws RunDirectoryError when it is missing, or no record of a run that can be trained.
 */
export function readTrainableRecord(directory: string): RunRecord {
  const record = readRecord(directory);
  checkTrainable(record, path.join(path.resolve(directory), runFiles.record));
  return record;
}

/** @throws RunDirectoryError beginning with `file` unless the record's run can be trained. */
export function checkTrainable(record: RunRecord, file: string): void {
  checkDataName(record.data.name, file);
  checkConfiguration(record, file);
}

/** The name becomes part of a path: a record must not lead out of the folder it is looked for in. */
function checkDataName(name: string, file: string): void {
  if (!/[/\\\0]/.test(name) && name !== '' && name !== '.' && name !== '..') return;
  refuseRunFile(file, `expected data.name to be a name without / or \\, got ${showValue(name)}`);
}

function checkConfiguration(record: RunRecord, file: string): void {
  checkKnown(record.configuration, file);
  try {
    recordedConfiguration(record.configuration, recordedSamples(record));
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    refuseRunFile(file, `expected a configuration that can be trained, got "${cause.message}"`);
  }
}

/** Another version may know an optimizer, schedule or loss that this one does not. */
function checkKnown(configuration: RunConfiguration, file: string): void {
  const fields = new Map<string, unknown>(Object.entries(configuration));
  for (const [field, { type }] of recordedRows) {
    const value = fields.get(field);
    const name = partValue(value, 'name') ?? value;
    if (type.kinds === undefined || Object.hasOwn(type.kinds, String(name))) continue;
    const known = Object.keys(type.kinds).join(', ');
    refuseRunFile(
      file,
      `expected configuration.${field} to be one of ${known}, got ${showValue(name)}`,
    );
  }
}
