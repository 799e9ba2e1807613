import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import {
  type DatasetRecord,
  parseDatasetRecord,
  parseMetrics,
  parseRunRecord,
  parseTiming,
  runFiles,
  type RunRecord,
} from '@convbook/run';
import { predictions, type Evaluation } from '../evaluation.ts';
import { isLarger, readText } from './read-text.ts';
import { readLastFilters, readLastSnapshot, readSnapshots } from './read-filters.ts';
import { readEvaluation, readSamples } from './read-tensors.ts';
import { refuse } from './refuse.ts';
import type { EpochEvent, FilterSnapshot, LayersEvent, Run, StepEvent } from './run.ts';

/**
 * Reads a run directory strictly. A complete run has every file; of any other only run.json is needed.
 *
 * @throws RunDirectoryError when a file is missing, malformed or disagrees with another.
 */
export function readRun(directory: string): Run {
  const path = resolve(directory);
  const recordText = readRecordText(path);
  const record = toRecord(path, recordText);
  const complete = record.status === 'complete';
  const metricsText = readText(path, runFiles.metrics, complete) ?? '';
  const timingText = readText(path, runFiles.timing, complete) ?? '';
  const metrics = parseMetrics(metricsText, join(path, runFiles.metrics), !complete);
  const evaluation = readEvaluation(path, complete, record.data.classNames.length);
  if (evaluation !== null) checkCounts(path, record, evaluation);
  return {
    name: basename(path),
    record,
    texts: { record: recordText, metrics: metricsText, timing: timingText },
    stepsPerEpoch: metrics.find((event) => event.event === 'start')?.stepsPerEpoch ?? null,
    steps: metrics.filter((event): event is StepEvent => event.event === 'step'),
    epochs: metrics.filter((event): event is EpochEvent => event.event === 'epoch'),
    layerNorms: metrics.filter((event): event is LayersEvent => event.event === 'layers'),
    timing: parseTiming(timingText, join(path, runFiles.timing), !complete),
    dataset: readDataset(path, complete, record),
    evaluation,
    samples: readSamples(path, complete, record.data),
    snapshots: readFilters(path, record),
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
