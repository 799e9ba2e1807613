export { train } from './train.ts';
export type { TrainOptions } from './train.ts';
export type { ModelFile } from './run/sources.ts';
export { resume } from './resume.ts';
export type { ResumeOptions } from './resume.ts';
export { follow } from './ranks/follow.ts';
export type { FollowOptions } from './ranks/follow.ts';
export type { RunEvent, SessionOptions } from './loop/session-options.ts';
export type { TrainedRun } from './loop/session.ts';
export { recordedFingerprint } from './run/recorded-fingerprint.ts';
export { restoreStart } from './start/restore-start.ts';
export { startWorkers } from './engine/pool.ts';
export type { StartedWorkers } from './engine/pool.ts';
export { recipes } from './settings/recipes.ts';
export type { Recipe } from './settings/recipes.ts';
export { optimizerKinds } from './optimizers/registry.ts';
export { learningRateAt } from './schedule.ts';
// What a user writes settings with.
export {
  adagrad,
  adam,
  adamw,
  binaryCrossEntropy,
  constantRate,
  cosine,
  huber,
  lamb,
  lars,
  meanAbsolute,
  meanSquared,
  momentum,
  nesterov,
  oneCycle,
  plateau,
  rmsprop,
  sgd,
  softmaxCrossEntropy,
  step,
  warmUp,
} from '@convbook/run';
export type {
  GivenAugmentation,
  GivenLoss,
  MachineSettings,
  OptimizerSpec,
  ScheduleSpec,
  TrainingSettings,
} from '@convbook/run';
export type { MemoryEstimate } from './loop/memory-estimate.ts';
