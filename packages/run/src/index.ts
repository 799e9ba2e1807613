export { parseRunRecord } from './run-record-check.ts';
export {
  createMetricsReader,
  createTimingReader,
  parseDatasetRecord,
  parseMetrics,
  parseTiming,
  refuseCutLine,
  type EventReader,
} from './run-record-events.ts';
export { endOfLastLine, readLines, type LineBlock } from './read-lines.ts';
export {
  longestLine,
  mostClasses,
  mostTimelineSpans,
  mostTimelineWorkers,
} from './run-record-limits.ts';
export { refuseRunFile } from './run-record-json.ts';
export { runFiles } from './run-record.ts';
export type {
  DatasetRecord,
  MetricsEvent,
  RunRecord,
  RunResult,
  TimingEvent,
} from './run-record.ts';
export * from './settings/index.ts';
