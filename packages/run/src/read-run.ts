import { basename, join, resolve } from 'node:path';
import { checkPath } from '@convbook/core/checks';
import { checkFingerprint } from './checks/fingerprint.ts';
import { readDataset } from './artifacts/dataset-record.ts';
import { readEvaluation } from './artifacts/read-evaluation.ts';
import { readSamples } from './artifacts/samples.ts';
import { readFilters } from './artifacts/snapshots.ts';
import { readStatistics } from './artifacts/read-statistics.ts';
import { runFiles } from './files/run-files.ts';
import { createRunLogs } from './history/run-logs.ts';
import { readRecord } from './record/read-record.ts';
import { withoutPaths } from './record/without-paths.ts';
import { recordText } from './record/write-record.ts';
import type { Run } from './run.ts';

/**
 * Reads a run directory strictly. A complete run has every file; of any other only run.json is needed.
 * However long its logs are, reading them takes some tens of megabytes.
 *
 * @throws RunDirectoryError when a file is missing, malformed or disagrees with another.
 */
export function readRun(directory: string): Run {
  return createRunReader(directory).read();
}

/** Reads a run again and again as it grows: its logs from where the last look ended. */
export interface RunReader {
  /** @throws RunDirectoryError as `readRun` does. */
  read(): Run;
}

/** A reader of the run directory. */
export function createRunReader(directory: string): RunReader {
  checkPath('run directory', directory);
  const path = resolve(directory);
  const { read: readLogs } = createRunLogs(path);
  return {
    read() {
      const record = readRecord(path);
      const complete = record.status === 'complete';
      const logs = readLogs(complete);
      checkFingerprint(logs.fingerprint, record, join(path, runFiles.metrics));
      return {
        name: basename(path),
        record,
        recordText: recordText(withoutPaths(record)),
        ...logs,
        evaluation: readEvaluation(path, complete, record),
        dataset: readDataset(path, complete, record),
        samples: readSamples(path, complete, record),
        snapshots: readFilters(path, record),
        statistics: readStatistics(path, record),
      };
    },
  };
}
