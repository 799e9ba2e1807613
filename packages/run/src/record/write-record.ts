import { join } from 'node:path';
import { writeFileAtomic } from '../files/atomic-write.ts';
import { runFiles } from '../files/run-files.ts';
import type { RunRecord } from './run-record.ts';

/** The text of the `run.json` of a record. */
export function recordText(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/**
 * Replaces the `run.json` of a run directory.
 *
 * @throws RunDirectoryError when it cannot be written.
 */
export function writeRecord(directory: string, record: RunRecord): Promise<void> {
  return writeFileAtomic(join(directory, runFiles.record), recordText(record));
}
