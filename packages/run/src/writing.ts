// For the trainer: makes, writes and continues a run directory.
export { scoresOf } from './artifacts/scores.ts';
export { refuseRunFile } from './checks/refuse.ts';
export { recordText, writeRecord } from './record/write-record.ts';
export {
  cannotWrite,
  fileCalls,
  writeFileAtomic,
  type BeforeFileCall,
} from './files/atomic-write.ts';
export { blockBytes, slicesOf } from './files/blocks.ts';
export { createRunDirectory, newRunDirectory } from './files/run-directory.ts';
export { withTensorFile, type TensorFile } from './files/tensor-file.ts';
export { openEventLog, type EventLog } from './events/event-log.ts';
export { lastMetricsEvent, readMetrics, wholeLines } from './events/read-metrics.ts';
