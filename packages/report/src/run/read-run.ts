import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import {
  type DatasetRecord,
  parseDatasetRecord,
  parseRunRecord,
  runFiles,
  type RunRecord,
} from '@convbook/run';
import { predictions, type Evaluation } from '../evaluation.ts';
import { isLarger, readText } from './read-text.ts';
import { readLastFilters, readLastSnapshot, readSnapshots } from './read-filters.ts';
import { readEvaluation, readSamples } from './read-tensors.ts';
import { createRunLogs } from './run-logs.ts';
import { refuse } from './refuse.ts';
import type { FilterSnapshot, Run } from './run.ts';

/**
 * Reads a run directory strictly. A complete run has every file; of any other only run.json is needed.
 * However long its logs are, reading them takes some tens of megabytes.
 *
 * @throws RunDirectoryError when a file is missing, malformed or disagrees with another.
 */
export function readRun(directory: string): Run {
  return createRunReader(directory).read();
}

/** Reads a run again and again as it grows, of its logs only what is new. */
export interface RunReader {
  /** @throws RunDirectoryError as `readRun` does. */
  read(): Run;
}

export function createRunReader(directory: string): RunReader {
  const path = resolve(directory);
  const logs = createRunLogs(path);
  return {
    read() {
      const recordText = readRecordText(path);
      const record = toRecord(path, recordText);
      const complete = record.status === 'complete';
      const read = logs.read(complete);
      const evaluation = readEvaluation(path, complete, record.data.classNames.length);
      if (evaluation !== null) checkCounts(path, record, evaluation);
      return {
        name: basename(path),
        record,
        recordText,
        ...read,
        dataset: readDataset(path, complete, record),
        evaluation,
        samples: readSamples(path, complete, record.data),
        snapshots: readFilters(path, record),
      };
    },
  };
}

/**
 * Reads run.json alone, for lists of runs.
 *
 * @throws RunDirectoryError when it is missing or malformed.
 */
export function readRecord(directory: string): RunRecord {
  const path = resolve(directory);
  return toRecord(path, readRecordText(path));
}

/** Filters of the first convolution as the run last saved them, null where it has none. */
export function readFirstFilters(directory: string): FilterSnapshot | null {
  return readLastSnapshot(resolve(directory), readRecord(directory));
}

/** The snapshots, and the filters of an end between two of them. */
function readFilters(path: string, record: RunRecord): FilterSnapshot[] {
  const snapshots = readSnapshots(path, record);
  const last = readLastFilters(path, record);
  const saved = last === null || snapshots.some(({ step }) => step === last.step);
  return saved ? snapshots : [...snapshots, last];
}

function readRecordText(path: string): string {
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    refuse(path, 'expected a run directory, got nothing there', 'give the path of a run');
  }
  return readText(path, runFiles.record, true) as string;
}

function toRecord(path: string, source: string): RunRecord {
  return parseRunRecord(source, join(path, runFiles.record));
}

/** Of many classes of large images a description is beyond what a page can show: it is left out. */
const largestDescription = 2 ** 23;

function readDataset(path: string, required: boolean, { data }: RunRecord): DatasetRecord | null {
  if (isLarger(path, runFiles.dataset, largestDescription)) return null;
  const source = readText(path, runFiles.dataset, required);
  return source === null ? null : parseDatasetRecord(source, join(path, runFiles.dataset), data);
}

/** What run.json says of the test set must be what the logits say. */
function checkCounts(path: string, { result }: RunRecord, evaluation: Evaluation): void {
  if (result === undefined) return;
  const correct = predictions(evaluation).filter(
    (k, sample) => k === evaluation.labels[sample],
  ).length;
  if (correct !== result.testCorrect || evaluation.samples !== result.testSamples) {
    refuse(
      join(path, runFiles.evaluation),
      `expected ${result.testCorrect} of ${result.testSamples} answers to be right as run.json says, ` +
        `got ${correct} of ${evaluation.samples}`,
    );
  }
}
