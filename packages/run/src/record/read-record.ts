import { join, resolve } from 'node:path';
import { checkPath } from '@convbook/core/checks';
import { refuseRunFile } from '../checks/refuse.ts';
import { readText } from '../files/read-file.ts';
import { checkKinds, isFolder } from '../files/run-kinds.ts';
import { runFiles } from '../files/run-files.ts';
import { longestRecord, parseRunRecord } from './check-record.ts';
import type { RunRecord } from './run-record.ts';

/** UTF-8 has at most four for a character. */
const mostRecordBytes = 4 * longestRecord;

/**
 * Reads the `run.json` of a run directory.
 *
 * @throws RunDirectoryError when it is missing or malformed.
 */
export function readRecord(directory: string): RunRecord {
  checkPath('run directory', directory);
  const path = resolve(directory);
  return parseRunRecord(readRecordText(path), join(path, runFiles.record));
}

/**
 * The text of the `run.json` of a run directory.
 *
 * @throws RunDirectoryError when there is none.
 */
function readRecordText(directory: string): string {
  if (!isFolder(directory)) {
    const remedy = 'give the path of a run';
    refuseRunFile(directory, 'expected a run directory, got nothing there', remedy);
  }
  checkKinds(directory);
  return readText(directory, runFiles.record, true, mostRecordBytes);
}
