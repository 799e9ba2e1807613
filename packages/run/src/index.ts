export { parseRunRecord } from './run-record-check.ts';
export { parseDatasetRecord, parseMetrics, parseTiming } from './run-record-events.ts';
export { refuseRunFile } from './run-record-json.ts';
export { runFiles } from './run-record.ts';
export type {
  DatasetRecord,
  MetricsEvent,
  RunConfiguration,
  RunRecord,
  RunResult,
  TimingEvent,
} from './run-record.ts';
