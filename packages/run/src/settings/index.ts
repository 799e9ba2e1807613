// Settings of a run; they do without Node.
export type { RunConfiguration } from './table.ts';
export {
  adagrad,
  adam,
  adamw,
  lamb,
  lars,
  momentum,
  nesterov,
  optimizers,
  rmsprop,
  sgd,
} from './optimizers.ts';
export type {
  Adam,
  AdamW,
  AdaGrad,
  Lamb,
  Lars,
  Momentum,
  Nesterov,
  Optimizer,
  OptimizerSpec,
  Rmsprop,
  Sgd,
} from './optimizer-settings.ts';
export {
  constantRate,
  cosine,
  oneCycle,
  plateau,
  resolveSchedule,
  schedules,
  step,
  warmUp,
} from './schedules.ts';
export type {
  PlainSchedule,
  PlateauSchedule,
  Schedule,
  ScheduleSpec,
  WarmUpSchedule,
  WarmUpSettings,
} from './schedules.ts';
export {
  binaryCrossEntropy,
  huber,
  meanAbsolute,
  meanSquared,
  softmaxCrossEntropy,
} from './losses.ts';
export type { GivenLoss } from './losses.ts';
export type { AugmentationSettings, GivenAugmentation } from './augmentation.ts';
export { checkName } from './named.ts';
export type { Given, OwnSettings } from './named.ts';
export type { RateScaling } from './rate-scaling.ts';
export { rows } from './table.ts';
export type {
  AnySetting,
  Configuration,
  Facts,
  MachineSettings,
  TrainingSettings,
  Unit,
} from './table.ts';
export type { ValueKind } from './setting-type.ts';
export { checkMachineSettings, resolveRecorded, resolveSettings } from './resolve.ts';
export { recordedRows, toRunConfiguration } from './record.ts';
export { flagOf } from './flags.ts';
export { formatSettings, partsOf, partValue, repeatCommand, valuesOf } from './format.ts';
export { parseAugmentation, parseLoss, parseOptimizer, parseSchedule } from './text.ts';
export { dataNames, isRepeatable, pathWord, programWords, shellWord } from './words.ts';
export { shownSettings } from './shown.ts';
export type { ShownSetting } from './shown.ts';
