import type { DatasetRecord } from './artifacts/dataset-record.ts';
import type { Evaluation } from './artifacts/evaluation.ts';
import type { Samples } from './artifacts/samples.ts';
import type { FilterSnapshot } from './artifacts/snapshots.ts';
import type { TrainingStatistics } from './artifacts/statistics.ts';
import type { LogFacts } from './history/run-logs.ts';
import type { RunRecord } from './record/run-record.ts';

/**
 * A run directory, read and checked. What only a finished run has is null where it is missing.
 */
export interface Run extends LogFacts {
  /** Name of the directory. */
  name: string;
  record: RunRecord;
  /** The text of run.json without paths, for download. */
  recordText: string;
  dataset: DatasetRecord | null;
  evaluation: Evaluation | null;
  samples: Samples | null;
  /** First-layer filters in the order of steps; empty when the first layer has none. */
  snapshots: FilterSnapshot[];
  /** The counts made through training, in the order of steps; empty in runs of earlier versions. */
  statistics: TrainingStatistics[];
}
