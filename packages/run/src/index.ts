// What a program wants that reads runs, and the settings of a run.
export { readRun, createRunReader, type RunReader } from './read-run.ts';
export type { Run } from './run.ts';
export { resolveRun, runNames, type RunPlaces } from './files/resolve-run.ts';
export { runFiles } from './files/run-files.ts';
export { readRecord } from './record/read-record.ts';
export { parseRunRecord } from './record/check-record.ts';
export type { RunRecord, RunResult } from './record/run-record.ts';
export { readTrainedModel, type TrainedModel } from './artifacts/trained-model.ts';
export { predictions, type Evaluation } from './artifacts/evaluation.ts';
export type { Samples } from './artifacts/samples.ts';
export { readFirstFilters, type FilterSnapshot } from './artifacts/snapshots.ts';
export type { DatasetRecord } from './artifacts/dataset-record.ts';
export { parseMetrics, parseTiming } from './events/event-reader.ts';
export type {
  EpochEvent,
  LayersEvent,
  MetricsEvent,
  StepEvent,
  TimingEvent,
} from './events/events.ts';
export { longestLine, mostTimelineSpans, mostTimelineWorkers } from './checks/limits.ts';
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
