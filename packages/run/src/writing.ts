// For the trainer: makes, writes and continues a run directory.
export { scoresOf } from './artifacts/scores.ts';
export { countValues, emptyHistogram } from './artifacts/histogram.ts';
export { hasStatistics } from './artifacts/statistics.ts';
export { layOutStatistics, statisticsName } from './artifacts/statistics-file.ts';
export { checkFingerprint } from './checks/fingerprint.ts';
export { cannotWrite, refuseMissing, refuseRunFile } from './checks/refuse.ts';
export { recordText, writeRecord } from './record/write-record.ts';
export {
  fileCalls,
  syncFolder,
  writeFileAtomic,
  type BeforeFileCall,
} from './files/atomic-write.ts';
export { blockBytes, slicesOf } from './files/blocks.ts';
export { withLock, type LockOptions } from './files/lock.ts';
export { copyRunFile } from './files/copy-run-file.ts';
export { fileSize, openHandle } from './files/open-file.ts';
export { readBytes } from './files/read-file.ts';
export { makeFolders } from './files/make-folders.ts';
export { isFolder, namesIn } from './files/run-kinds.ts';
export {
  checkRunDirectory,
  createNamedDirectory,
  createRunDirectory,
} from './files/run-directory.ts';
export { withTensorFile, type TensorFile } from './files/tensor-file.ts';
export { openEventLog, type EventLog } from './events/event-log.ts';
export { lastMetricsEvent, readMetrics, wholeLines } from './events/read-metrics.ts';
