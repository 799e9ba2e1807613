export { drawDigit } from './digits.ts';
export { syntheticRecord, type RunSettings } from './synthetic-record.ts';
export { writeSyntheticRun } from './synthetic-run.ts';
export { evaluationFile, syntheticEvaluation } from './synthetic-tensors.ts';
export { bestEpochOf, writeLongLogs, type LongLogs } from './write-long-logs.ts';
