// For programs that read runs, and the settings of a run.
export { readRun, createRunReader, type RunReader } from './read-run.ts';
export type { Run } from './run.ts';
export { resolveRun, runNames, type RunPlaces } from './files/resolve-run.ts';
export { runFiles } from './files/run-files.ts';
export { readRecord } from './record/read-record.ts';
export { parseRunRecord } from './record/check-record.ts';
export { picturesOf } from './record/pictures-of.ts';
export type { RunRecord, RunResult } from './record/run-record.ts';
export type { RecordedDataSource, RecordedModelSource, RecordedPath } from './record/sources.ts';
export type { RecordedProject } from './record/project.ts';
export type { LeftParameter, RecordedStart } from './record/start.ts';
export { withoutPaths } from './record/without-paths.ts';
export { readModelFile } from './artifacts/model-file.ts';
export { readTrainedModel, type TrainedModel } from './artifacts/trained-model.ts';
export { predictions, type Evaluation } from './artifacts/evaluation.ts';
export type { Samples } from './artifacts/samples.ts';
export { sideBins, withLimit, type Histogram } from './artifacts/histogram.ts';
export type {
  ConfusionCount,
  LayerActivations,
  LayerStatistics,
  TrainingStatistics,
} from './artifacts/statistics.ts';
export { readFirstFilters, type FilterSnapshot } from './artifacts/snapshots.ts';
export type {
  FileCounts,
  ShownFault,
  ShownFaults,
  ShownPlace,
  ShownSamples,
} from './artifacts/dataset-faults.ts';
export type { DatasetRecord } from './artifacts/dataset-record.ts';
export { parseMetrics, parseTiming } from './events/event-reader.ts';
export type {
  EpochEvent,
  LayersEvent,
  MetricsEvent,
  RecordedEngine,
  RecordedRank,
  StepEvent,
  TimingEvent,
} from './events/events.ts';
export { longestLine, mostTimelineSpans, mostTimelineWorkers } from './checks/limits.ts';
export * from './settings/index.ts';
