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
export type { RunConfiguration } from './settings/table.ts';
export {
  adagrad,
  adam,
  adamw,
  momentum,
  nesterov,
  optimizers,
  rmsprop,
  sgd,
} from './settings/optimizers.ts';
export type {
  Adam,
  AdamW,
  AdaGrad,
  Momentum,
  Nesterov,
  Optimizer,
  OptimizerSpec,
  Rmsprop,
  Sgd,
} from './settings/optimizers.ts';
export {
  constantRate,
  cosine,
  oneCycle,
  plateau,
  resolveSchedule,
  schedules,
  step,
  warmUp,
} from './settings/schedules.ts';
export type {
  PlainSchedule,
  PlateauSchedule,
  Schedule,
  ScheduleSpec,
  WarmUpSchedule,
  WarmUpSettings,
} from './settings/schedules.ts';
export {
  binaryCrossEntropy,
  huber,
  meanAbsolute,
  meanSquared,
  softmaxCrossEntropy,
} from './settings/losses.ts';
export type { GivenLoss } from './settings/losses.ts';
export type { AugmentationSettings, GivenAugmentation } from './settings/augmentation.ts';
export { checkName } from './settings/named.ts';
export type { Given, OwnSettings } from './settings/named.ts';
export { rows } from './settings/table.ts';
export type {
  AnySetting,
  Configuration,
  MachineSettings,
  TrainingSettings,
  Unit,
} from './settings/table.ts';
export type { ValueKind } from './settings/setting-type.ts';
export { checkMachineSettings, resolveRecorded, resolveSettings } from './settings/resolve.ts';
export { recordedRows, toRunConfiguration } from './settings/record.ts';
export { flagOf } from './settings/flags.ts';
export { formatSettings, partsOf, partValue, repeatCommand, valuesOf } from './settings/format.ts';
export { parseAugmentation, parseLoss, parseOptimizer, parseSchedule } from './settings/text.ts';
export { shownSettings } from './settings/shown.ts';
export type { ShownSetting } from './settings/shown.ts';
