// The files of a run that goes on must fit each other, its data and its settings.
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { RunDirectoryError } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import { runFiles, type RunRecord } from '@convbook/run';
import { checkFingerprint, fileSize, refuseRunFile, withTensorFile } from '@convbook/run/writing';
import type { MeasuredData } from '../engine/measured-data.ts';
import { checkpointFile } from './checkpoint.ts';
import type { Cursor } from './cursor.ts';
import { countSteps } from './logged-steps.ts';

/** Training takes what the data say, predictions what the record says: both must be the same. */
export function checkMeasured(
  { data }: RunRecord,
  measured: MeasuredData,
  directory: string,
): void {
  for (const field of ['classWeights', 'standardization'] as const) {
    if (isDeepStrictEqual(data[field] ?? null, measured[field])) continue;
    throw new RunDirectoryError(
      `${path.join(directory, runFiles.record)}: expected data.${field} ` +
        `${showValue(measured[field])} as the data have it, got ${showValue(data[field])}; ` +
        'put run.json back, or start a new run',
    );
  }
}

/** The best checkpoint must be there: it is written only where the loss falls again. */
export async function checkBest(directory: string, record: RunRecord): Promise<void> {
  const file = checkpointFile(directory, 'best');
  if (fileSize(file) !== null) {
    const metadata = await withTensorFile(file, (opened) => Promise.resolve(opened.metadata));
    checkFingerprint(metadata.fingerprint, record, file);
    return;
  }
  throw new RunDirectoryError(
    `${file}: expected the checkpoint of the lowest validation loss so far, got none; ` +
      'put it back, or start a new run',
  );
}

/** A run that goes on must have the model, data and settings that it began with. */
export function checkUnchanged(
  directory: string,
  record: RunRecord,
  now: string | undefined,
): void {
  if (record.fingerprint === undefined || record.fingerprint === now) return;
  refuseRunFile(
    path.join(directory, runFiles.record),
    `expected model, data and settings with fingerprint ${record.fingerprint}, got ${now}`,
    'the file was changed: restore it, or train again',
  );
}

/** The log must have every step up to the last checkpoint. */
export async function checkLog(
  file: string,
  { metricsBytes: needed, step }: Cursor,
  record: RunRecord,
): Promise<void> {
  const size = fileSize(file) ?? 0;
  if (size < needed) {
    throw new RunDirectoryError(
      `${file}: expected at least ${needed} bytes for the last checkpoint, got ${size}; ` +
        'the file is damaged',
    );
  }
  if (step === 0) return;
  const steps = await countSteps(file, needed, record);
  if (steps === step) return;
  throw new RunDirectoryError(
    `${file}: expected ${step} steps up to the last checkpoint, got ${steps}; the file is damaged`,
  );
}
